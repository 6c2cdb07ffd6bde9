"""Where a corpus lies: files, folders, globs, and the addresses of remote files.

Remote files are read through pyarrow's filesystems, so the options of an address are pyarrow's own:
`s3://bucket/news/*.jsonl?region=ap-southeast-1&endpoint_override=storage.example:9000&scheme=http`.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeAlias, cast
from urllib.parse import unquote

from vnclf.corpus.extras import pyarrow
from vnclf.errors import CorpusError

# pathlib folds the slashes of an address that a caller wrapped in a Path, so one slash will do.
_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):/+(?P<place>[^?]*)(?P<options>\?.*)?", re.DOTALL)
_GLOB = re.compile(r"[*?[]")


@dataclass(frozen=True)
class RemotePath:
    """A file or folder of a pyarrow filesystem; answers what reading asks of a `pathlib.Path`.

    `inner` is the path within the filesystem; `address` is for messages and holds no credentials.
    """

    filesystem: Any
    inner: str
    address: str

    def __str__(self) -> str:
        return self.address

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.inner).name

    @property
    def suffix(self) -> str:
        """The last suffix of the name, with its dot."""
        return PurePosixPath(self.inner).suffix

    def is_dir(self) -> bool:
        """Tell whether files lie under this path."""
        return self._type() == "Directory"

    def exists(self) -> bool:
        """Tell whether there is a file or folder."""
        return self._type() != "NotFound"

    def open(self) -> BinaryIO:
        """Open the file for reading from its beginning to its end."""
        return cast(BinaryIO, self.filesystem.open_input_stream(self.inner))

    def open_seekable(self) -> BinaryIO:
        """Open the file for reading at any place."""
        return cast(BinaryIO, self.filesystem.open_input_file(self.inner))

    def create(self) -> BinaryIO:
        """Create the file for writing; it is there when it is closed."""
        return cast(BinaryIO, self.filesystem.open_output_stream(self.inner))

    def beside(self, inner: str) -> "RemotePath":
        """Return another path of the same filesystem."""
        return RemotePath(self.filesystem, inner, f"{self.address.split('://')[0]}://{inner}")

    def files(self) -> Iterator["RemotePath"]:
        """Yield the files under this folder, at any depth, in the order of their names."""
        selector = _filesystems().FileSelector(self.inner, recursive=True, allow_not_found=True)
        found = sorted(entry.path for entry in self._information(selector) if entry.is_file)
        return map(self.beside, found)

    def _type(self) -> str:
        return str(self._information(self.inner).type.name)

    def _information(self, wanted: Any) -> Any:
        try:
            return self.filesystem.get_file_info(wanted)
        except OSError as error:
            raise CorpusError(f"{self} cannot be reached: {first_line(error)}.") from error


Location: TypeAlias = Path | RemotePath
Paths: TypeAlias = str | Path | Sequence[str | Path]


def locate(paths: Paths) -> list[Location]:
    """Return the files and folders that a path, a glob pattern, an address, or several of them stand for.

    Those of a pattern are sorted. Raises CorpusError for a pattern that matches nothing; whether a
    plain path exists is found out when it is read.
    """
    several = [paths] if isinstance(paths, str | Path) else paths
    found = [location for path in several for location in _expand(str(path))]
    if not found:
        raise CorpusError("No corpus is named; name a file, a folder or a pattern.")
    return found


def location_of(path: str | Path) -> Location:
    """Return the one file or folder that a path or an address stands for, whether or not it exists."""
    match = _ADDRESS.fullmatch(str(path))
    if match is None:
        return Path(path)
    if match["scheme"] == "file":
        return Path("/", unquote(match["place"] + (match["options"] or "")))
    return _remote(match)


def files_under(folder: Location) -> Iterator[tuple[PurePosixPath, Location]]:
    """Yield (path within the folder, file) of all files that are not hidden, in the order of their names."""
    if isinstance(folder, Path):
        for root, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            inner = PurePosixPath(Path(root).relative_to(folder).as_posix())
            yield from ((inner / name, Path(root, name)) for name in sorted(names) if not name.startswith("."))
        return
    for file in folder.files():
        inner = PurePosixPath(file.inner).relative_to(folder.inner)
        if not any(part.startswith(".") for part in inner.parts):
            yield inner, file


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, without its full stop: some libraries write pages."""
    return next(iter(str(error).splitlines()), type(error).__name__).strip().rstrip(".")


def _expand(path: str) -> list[Location]:
    location = location_of(path)
    if not _GLOB.search(location.inner if isinstance(location, RemotePath) else path):
        return [location]
    if isinstance(location, RemotePath):
        found = _remote_matches(location)
    else:
        found = [location] if location.exists() else _matches(location)
    if not found:
        raise CorpusError(f"No file matches {str(location)!r}.")
    return found


def _matches(pattern: Path) -> list[Location]:
    fixed = list(takewhile(lambda part: not _GLOB.search(part), pattern.parts))
    rest = pattern.parts[len(fixed) :]
    try:
        found = sorted(Path(*fixed).glob("/".join(rest)))
    except ValueError as error:
        raise CorpusError(f"{str(pattern)!r} is no pattern for files ({first_line(error)}).") from error
    return [path for path in found if not path.name.startswith(".")]


def _remote(match: re.Match[str]) -> RemotePath:
    scheme, place, options = match["scheme"], match["place"].rstrip("/"), match["options"] or ""
    # Only the bucket goes to pyarrow's parser: a name may hold spaces and letters that a URI may not.
    authority, _, rest = place.partition("/")
    public = authority.rpartition("@")[2]
    try:
        filesystem, root = _filesystems().FileSystem.from_uri(f"{scheme}://{authority}{options}")
    except (ValueError, OSError) as error:
        reason = first_line(error).replace(authority, public)
        raise CorpusError(
            f"{scheme}://{public} cannot be opened ({reason}); vnclf reads s3://, gs:// and file:// addresses."
        ) from error
    inner = f"{root}/{rest}" if rest else root
    return RemotePath(filesystem, inner, f"{scheme}://{inner}")


def _filesystems() -> Any:
    return pyarrow("fs", purpose="Reading remote files")


def _remote_matches(pattern: RemotePath) -> list[Location]:
    """Return the remote files that match; `*` stays within a folder, `**` crosses folders."""
    parts = pattern.inner.split("/")
    fixed = takewhile(lambda part: not _GLOB.search(part), parts)
    files = pattern.beside("/".join(fixed)).files()
    return [file for file in files if _fits(file.inner.split("/"), parts)]


def _fits(names: list[str], parts: list[str]) -> bool:
    if not parts:
        return not names
    if parts[0] == "**":
        return any(_fits(names[start:], parts[1:]) for start in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], parts[0]) and _fits(names[1:], parts[1:])
