"""Parquet and Arrow files, read batch by batch."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from vnclf.corpus.extras import pyarrow
from vnclf.corpus.location import Location, first_line
from vnclf.corpus.opening import open_seekable
from vnclf.errors import CorpusError

# Rows made into Python objects at a time.
_BATCH = 256

_ARROW_FILE = b"ARROW1"

_Row = tuple[str, dict[str, Any]]


def read_parquet(path: Location) -> Iterator[_Row]:
    """Yield the rows of a Parquet file."""
    parquet = pyarrow("parquet", purpose=f"{path}")
    with open_seekable(path) as file:
        try:
            # Unbuffered, pyarrow would read each column chunk of a row group whole.
            source = parquet.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
        except (ValueError, OSError) as error:
            raise CorpusError(f"{path} is not a Parquet file, or is damaged ({first_line(error)}).") from error
        yield from _rows(path, source.iter_batches(_BATCH), source.schema_arrow)


def read_arrow(path: Location) -> Iterator[_Row]:
    """Yield the rows of an Arrow (Feather) file, or of an Arrow stream as Hugging Face datasets write it."""
    ipc = pyarrow("ipc", purpose=f"{path}")
    with open_seekable(path) as file:
        try:
            is_file = file.read(len(_ARROW_FILE)) == _ARROW_FILE
            file.seek(0)
            source = ipc.open_file(file) if is_file else ipc.open_stream(file)
        except (ValueError, OSError) as error:
            raise CorpusError(f"{path} is not an Arrow file, or is damaged ({first_line(error)}).") from error
        batches = (source.get_batch(i) for i in range(source.num_record_batches)) if is_file else source
        yield from _rows(path, batches, source.schema)


def label_names(schema: Any) -> dict[str, list[str]]:
    """Return the names of integer labels by column, which Hugging Face datasets keep in the schema's metadata."""
    try:
        features = json.loads((schema.metadata or {}).get(b"huggingface", b"{}"))["info"]["features"]
        found = {column: _names(feature) for column, feature in features.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {column: names for column, names in found.items() if names}


def _names(feature: Any) -> list[str]:
    """Return the names of a feature that is a class label, or a list of such."""
    if isinstance(feature, list):
        return _names(feature[0]) if feature else []
    if not isinstance(feature, dict):
        return []
    return list(feature["names"]) if "names" in feature else _names(feature.get("feature"))


def _rows(path: Location, batches: Iterable[Any], schema: Any) -> Iterator[_Row]:
    names = label_names(schema)
    number = 0
    try:
        for batch in batches:
            for start in range(0, len(batch), _BATCH):
                for row in _without_nanoseconds(batch.slice(start, _BATCH)).to_pylist():
                    number += 1
                    place = f"{path}, row {number}"
                    for column, known in names.items():
                        if column in row:
                            row[column] = _named(row[column], known, place)
                    yield place, row
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}, after row {number}: a text is not UTF-8; write the file anew.") from error
    except (ValueError, OSError) as error:
        raise CorpusError(f"{path}, after row {number}: the file is damaged ({first_line(error)}).") from error


def _without_nanoseconds(batch: Any) -> Any:
    """Return the rows with times in microseconds, as exact as Python's."""
    arrow = pyarrow(purpose="An Arrow file")
    for place, field in enumerate(batch.schema):
        if arrow.types.is_timestamp(field.type) and field.type.unit == "ns":
            kind = arrow.timestamp("us", field.type.tz)
            batch = batch.set_column(place, field.name, batch.column(place).cast(kind, safe=False))
    return batch


def _named(value: Any, names: list[str], place: str) -> Any:
    if isinstance(value, list):
        return [_named(each, names, place) for each in value]
    if not isinstance(value, int) or value == -1:  # -1 is "no label"
        return value if isinstance(value, str) else None
    if not 0 <= value < len(names):
        raise CorpusError(f"{place}: the label {value} has no name; the file names {len(names)} labels, from 0.")
    return names[value]
