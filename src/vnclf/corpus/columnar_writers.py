"""Writers of Parquet and Arrow files."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vnclf.corpus.document import Document
from vnclf.corpus.extras import pyarrow
from vnclf.corpus.target import Target, json_text, row_of

# A batch, which becomes a row group, holds no more than so many documents and characters.
_DOCUMENTS = 10_000
_CHARACTERS = 1 << 24


def write_parquet(documents: Iterable[Document], target: Target) -> None:
    """Write a Parquet file: `text` as strings, `topics` as lists of strings, fields of the types they have."""
    parquet = pyarrow("parquet", purpose="A Parquet file")
    with (
        _tables(documents, target.folder) as (schema, tables),
        parquet.ParquetWriter(target.sink, schema, compression="zstd") as writer,
    ):
        for table in tables:
            writer.write_table(table)


def write_arrow(documents: Iterable[Document], target: Target) -> None:
    """Write an Arrow file, which is also version 2 of Feather."""
    ipc = pyarrow("ipc", purpose="An Arrow file")
    options = ipc.IpcWriteOptions(compression="zstd")
    with (
        _tables(documents, target.folder) as (schema, tables),
        ipc.new_file(target.sink, schema, options=options) as writer,
    ):
        for table in tables:
            writer.write_table(table)


@contextmanager
def _tables(documents: Iterable[Document], folder: Path) -> Iterator[tuple[Any, Iterator[Any]]]:
    """Yield the schema of all documents, and their tables: set aside until the schema is known."""
    ipc = pyarrow("ipc", purpose="An Arrow file")
    schemas = []
    with tempfile.TemporaryFile(dir=folder) as aside:
        for rows in _batches(documents):
            table = _table(rows)
            schemas.append(table.schema)
            with ipc.new_stream(aside, table.schema) as stream:
                stream.write_table(table)
        schema = _common_schema(schemas)
        aside.seek(0)
        yield schema, (_conformed(ipc.open_stream(aside).read_all(), schema) for _ in schemas)


def _batches(documents: Iterable[Document]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    characters = 0
    for document in documents:
        rows.append(row_of(document))
        characters += len(document.text)
        if len(rows) == _DOCUMENTS or characters >= _CHARACTERS:
            yield rows
            rows, characters = [], 0
    if rows:
        yield rows


def _table(rows: Sequence[dict[str, Any]]) -> Any:
    arrow = pyarrow(purpose="An Arrow file")
    known = {"text": arrow.string(), "topics": arrow.list_(arrow.string())}
    names = dict.fromkeys(name for row in rows for name in row)
    arrays = [_array(arrow, [row.get(name) for row in rows], known.get(name)) for name in names]
    return arrow.table(arrays, names=list(names))


def _array(arrow: Any, values: list[Any], kind: Any) -> Any:
    """Return the values as an array of their own type, or as text where they have no one type."""
    try:
        array = arrow.array(values, kind)
    except (arrow.ArrowInvalid, arrow.ArrowTypeError, arrow.ArrowNotImplementedError, OverflowError):
        return _as_text(arrow, values)
    objects = list(_objects(arrow, array.type))
    # Objects of differing keys would come back with every key, and Parquet has none without keys.
    if objects and not (all(kind.num_fields for kind in objects) and array.to_pylist() == values):
        return _as_text(arrow, values)
    return array


def _as_text(arrow: Any, values: Iterable[Any]) -> Any:
    texts = (value if value is None or isinstance(value, str) else json_text(value) for value in values)
    return arrow.array(texts, arrow.string())


def _objects(arrow: Any, kind: Any) -> Iterator[Any]:
    """Yield the types of objects that a type is, or holds."""
    if arrow.types.is_struct(kind):
        yield kind
    for place in range(kind.num_fields):
        yield from _objects(arrow, kind.field(place).type)


def _common_schema(schemas: Sequence[Any]) -> Any:
    arrow = pyarrow(purpose="An Arrow file")
    known = [arrow.field("text", arrow.string()), arrow.field("topics", arrow.list_(arrow.string()))]
    types: dict[str, list[Any]] = {field.name: [field.type] for field in known}
    for schema in schemas:
        for field in schema:
            if field.type not in types.setdefault(field.name, []):
                types[field.name].append(field.type)
    return arrow.schema([arrow.field(name, _common_type(arrow, found)) for name, found in types.items()])


def _common_type(arrow: Any, types: Sequence[Any]) -> Any:
    """Return the type that holds values of all these; text, where there is none but that."""
    given = [kind for kind in types if not arrow.types.is_null(kind)] or [arrow.string()]
    if len(given) > 1 and any(list(_objects(arrow, kind)) for kind in given):
        return arrow.string()
    try:
        schemas = [arrow.schema([("", kind)]) for kind in given]
        return arrow.unify_schemas(schemas, promote_options="permissive").types[0]
    except (arrow.ArrowInvalid, arrow.ArrowTypeError):
        return arrow.string()


def _conformed(table: Any, schema: Any) -> Any:
    arrow = pyarrow(purpose="An Arrow file")
    arrays = []
    for field in schema:
        if field.name not in table.column_names:
            arrays.append(arrow.nulls(len(table), field.type))
            continue
        column = table[field.name]
        if column.type == field.type:
            arrays.append(column)
        elif field.type == arrow.string():
            arrays.append(_as_text(arrow, column.to_pylist()))
        else:
            arrays.append(column.cast(field.type))
    return arrow.table(arrays, schema=schema)
