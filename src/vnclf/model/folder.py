"""The model folder: plain JSON and NumPy arrays, each with its checksum, written whole or not at all.

`model.json` says what the model is; every other file is listed in it with its sha256. Nothing in the
folder is ever unpickled. The format is described, with its history, in model/FORMAT.md.
"""

import bz2
import hashlib
import json
import lzma
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.errors import ModelError
from vnclf.storage import check_folder, told_as, write_folder

FORMAT = 3
MANIFEST = "model.json"
CARD = "README.md"

Array = NDArray[Any]


@dataclass(frozen=True)
class ModelFolder:
    """An opened model folder: its description, and its arrays, mapped into memory."""

    path: Path
    description: dict[str, Any]
    arrays: dict[str, Array]
    checksum: str = ""  # empty for a model that was not read from a folder

    def vocabulary(self, channel: str) -> list[str]:
        """Return the n-grams of a channel as text, in the order of its rows, words' tokens joined by "_"."""
        file = self.path / f"{channel}.vocabulary.txt.bz2"
        if self.description["format"] < 3:
            data = lzma.decompress(file.with_suffix(".xz").read_bytes())
        else:
            data = bz2.decompress(file.read_bytes())
        return data.decode("utf-8", "surrogatepass").split("\n")


def write_model(
    path: Path,
    description: Mapping[str, Any],
    arrays: Mapping[str, Array],
    vocabularies: Mapping[str, Iterable[str]],
    card: str,
) -> None:
    """Write a model folder, replacing an old model of that name only when all is written."""
    check_target(path)

    def fill(folder: Path) -> None:
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)
        for channel, words in vocabularies.items():
            data = "\n".join(words).encode("utf-8", "surrogatepass")
            (folder / f"{channel}.vocabulary.txt.bz2").write_bytes(bz2.compress(data))
        files = {file.name: _sha256(file) for file in sorted(folder.iterdir())}
        content = {"format": FORMAT, **description, "files": files}
        content["checksum"] = _checksum(content)
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        # Half of a surrogate pair, as in the name of a file that is not UTF-8, stands as JSON's own escape.
        (folder / MANIFEST).write_text(text, encoding="utf-8", errors="backslashreplace")
        (folder / CARD).write_text(card, encoding="utf-8", errors="backslashreplace")

    with told_as(ModelError, f"The model cannot be written to {path}"):
        write_folder(path, fill)


def check_target(path: Path) -> None:
    """Raise ModelError, before any work is done, when a model cannot be written to `path`.

    It may replace an earlier model there, but nothing beside it.
    """
    with told_as(ModelError, f"The model cannot be written to {path}"):
        check_folder(path, _own_files(path))


def _own_files(path: Path) -> set[str]:
    """Return the names of a model's files; none where a folder holds no model of vnclf's."""
    try:
        files = _read_manifest(path).get("files")
    except ModelError:
        return set()
    return {MANIFEST, CARD, *files} if isinstance(files, dict) else set()


def read_model(path: Path) -> ModelFolder:
    """Open a model folder and check every file against its checksum.

    Raises ModelError, naming the file and what to do, for a folder that is missing, foreign, damaged,
    edited, or of a newer format.
    """
    description, checksum = _read_description(path)
    files: dict[str, str] = description["files"]
    arrays = {}
    for name, expected in files.items():
        file = path / name
        if not file.is_file():
            raise ModelError(f"{file} is missing; the model is incomplete: restore the folder or train it again.")
        if _sha256(file) != expected:
            raise ModelError(
                f"{file} is not the file the model was saved with (its sha256 differs); restore the folder or "
                "train it again."
            )
        if file.suffix == ".npy":
            # A plain view of the map: still not read into memory, but quicker to index than np.memmap.
            arrays[file.stem] = np.asarray(np.load(file, mmap_mode="r", allow_pickle=False))
    return ModelFolder(path, description, arrays, checksum)


def _read_description(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a manifest says of its model, and its checksum."""
    file, content = path / MANIFEST, _read_manifest(path)
    if content["format"] > FORMAT:
        raise ModelError(
            f"{file} is of format {content['format']}, and this vnclf reads up to {FORMAT}; upgrade vnclf."
        )
    checksum = content.pop("checksum", None)
    if checksum != _checksum(content):
        raise ModelError(
            f"{file} was changed after the model was saved (its checksum differs); restore it, or train again "
            "with the settings you want."
        )
    if not isinstance(content.get("files"), dict):
        raise ModelError(f"{file} does not list the model's files; restore the folder or train it again.")
    return content, checksum


def _read_manifest(path: Path) -> dict[str, Any]:
    """Return the content of a manifest, of any format, whether or not it was edited."""
    file = path / MANIFEST
    if not path.exists():
        raise ModelError(f"There is no model {path}; train one with `vnclf train`, or name a folder that holds one.")
    if not file.is_file():
        raise ModelError(f"{path} is not a model folder: it has no {MANIFEST}.")
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{file} is not valid JSON ({error}); restore the folder or train it again.") from error
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        raise ModelError(f"{file} does not describe a vnclf model; restore the folder or train it again.")
    return content


def _checksum(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _sha256(file: Path) -> str:
    with told_as(ModelError, f"{file} cannot be read"):
        return hashlib.sha256(file.read_bytes()).hexdigest()
