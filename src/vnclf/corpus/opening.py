"""Opening a file by its name: plain or compressed, near or far, as text with the encoding always named."""

import bz2
import codecs
import gzip
import io
import lzma
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from shutil import copyfileobj
from typing import Any, BinaryIO, cast

from vnclf.corpus.extras import pyarrow
from vnclf.corpus.location import Location, first_line
from vnclf.errors import CorpusError

# What reading a damaged or unreachable file raises. gzip's and pyarrow's own errors are OSErrors.
DAMAGE = (OSError, EOFError, lzma.LZMAError, zlib.error)

# A line, or an element of a JSON array, beyond this is no document: the file is not what its name says.
LONGEST = 1 << 28

_CHUNK = 1 << 20

_READERS: dict[str, Callable[[BinaryIO], Any]] = {
    ".gz": lambda file: gzip.GzipFile(fileobj=file),
    ".xz": lzma.LZMAFile,
    ".bz2": bz2.BZ2File,
    # Of the Zstandard libraries, pyarrow's reader is the one that tells a file that was cut off.
    ".zst": lambda file: _zstandard().CompressedInputStream(file, "zstd"),
}
_WRITERS: dict[str, Callable[[BinaryIO], Any]] = {
    # No name and no time in the header: the same documents give the same bytes.
    ".gz": lambda file: gzip.GzipFile("", "wb", fileobj=file, mtime=0),
    ".xz": partial(lzma.LZMAFile, mode="wb"),
    ".bz2": lambda file: bz2.BZ2File(file, "wb"),
    ".zst": lambda file: _zstandard().CompressedOutputStream(file, "zstd"),
}


def format_of(path: Location) -> str:
    """Return the suffix that tells a file's format, in lower case, without that of its compression."""
    name = PurePath(path.name.lower())
    return PurePath(name.stem).suffix if name.suffix in _READERS else name.suffix


def suffixes_of(path: Location) -> str:
    """Return the suffixes that tell format and compression, such as ".jsonl.xz", in lower case."""
    compression = path.suffix.lower()
    return format_of(path) + (compression if compression in _READERS else "")


@contextmanager
def open_binary(path: Location) -> Iterator[io.BufferedReader]:
    """Open a file for reading, decompressing by suffix; raises CorpusError for what cannot be read."""
    decompress = _READERS.get(path.suffix.lower())
    try:
        with _open(path) as raw:
            file: Any = decompress(raw) if decompress else raw
            with file if isinstance(file, io.BufferedReader) else io.BufferedReader(file, _CHUNK) as reader:
                yield reader
    except DAMAGE as error:
        raise damaged(path, error) from error


@contextmanager
def open_seekable(path: Location) -> Iterator[Any]:
    """Open a file for reading at any place; a compressed one is first unpacked beside the temporary files."""
    try:
        if path.suffix.lower() not in _READERS:
            with _open(path) if isinstance(path, Path) else path.open_seekable() as file:
                yield file
            return
        with open_binary(path) as packed, tempfile.TemporaryFile() as unpacked:
            copyfileobj(packed, unpacked, _CHUNK)
            unpacked.seek(0)
            yield unpacked
    except DAMAGE as error:
        raise damaged(path, error) from error


@contextmanager
def create_binary(path: Path, compression: str) -> Iterator[BinaryIO]:
    """Create a file for writing, compressed as a suffix such as ".xz" says; other suffixes do not compress."""
    compress = _WRITERS.get(compression.lower())
    with path.open("wb") as raw:
        if compress is None:
            yield raw
            return
        with compress(raw) as file:
            yield cast(BinaryIO, file)


def damaged(path: Location, error: BaseException, place: str = "") -> CorpusError:
    """Return the CorpusError that tells why a file cannot be read, or not beyond a place such as ", line 7"."""
    if isinstance(error, FileNotFoundError):
        return CorpusError(f"There is no file {path}.")
    if isinstance(error, OSError) and error.strerror:
        return CorpusError(f"{path} cannot be read: {first_line(OSError(error.strerror))}.")
    return CorpusError(f"{path}{place}: the file is damaged or cut off ({first_line(error)}).")


def encoding_of(file: io.BufferedReader) -> str:
    """Return "utf-16" for a file that begins with that encoding's mark, and otherwise "utf-8-sig"."""
    return "utf-16" if file.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def read_lines(path: Location) -> Iterator[tuple[int, str]]:
    """Yield (line number from 1, line with its end) of a UTF-8 file, or of a UTF-16 one with its mark.

    Raises CorpusError, naming the line, for anything else.
    """
    number = 0
    with open_binary(path) as file:
        try:
            if encoding_of(file) == "utf-16":
                with io.TextIOWrapper(file, "utf-16", newline="\n") as text:
                    for number, line in enumerate(text, 1):
                        yield number, line
                return
            for number, data in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
                _check(path, number, data)
                yield number, data.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise not_text(path, number, error) from error
        except DAMAGE as error:
            raise damaged(path, error, f", line {number + 1}") from error


def not_text(path: Location, line: int, error: UnicodeDecodeError) -> CorpusError:
    """Return the CorpusError for bytes that are not in the encoding they should be in."""
    if error.encoding.startswith("utf-16"):
        return CorpusError(f"{path}, after line {line}: not valid UTF-16; save the file as UTF-8.")
    begin = error.object.rfind(b"\n", 0, error.start) + 1
    byte, column = error.object[error.start], error.start - begin + 1
    return CorpusError(
        f"{path}, line {line}: not UTF-8 (byte 0x{byte:02x} at column {column}); save the file as UTF-8."
    )


def _check(path: Location, number: int, line: bytes) -> None:
    if b"\0" in line:
        raise CorpusError(f"{path}, line {number}: not text (a NUL byte); a corpus is UTF-8 text.")
    if len(line) == LONGEST:
        raise CorpusError(f"{path}, line {number}: longer than {LONGEST >> 20} MB; is it a file of another format?")


def _open(path: Location) -> BinaryIO:
    return path.open("rb") if isinstance(path, Path) else path.open()


def _zstandard() -> Any:
    return pyarrow(purpose="A .zst file")
