"""Files as they come: compressed, cut off, of another encoding, not text at all."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from vnclf.corpus.formats import read_document
from vnclf.corpus.opening import create_binary, format_of, open_binary, open_seekable, read_lines, suffixes_of
from vnclf.errors import CorpusError

LINES = "".join(f'{{"text": "Dòng thứ {i}", "topic": "a"}}\n' for i in range(1, 20_000))


def zstd(data: bytes) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    return bytes(pyarrow.compress(data, "zstd", asbytes=True))


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".xz": lzma.compress, ".bz2": bz2.compress, ".zst": zstd
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "format_", "suffixes"),
    [
        ("a.JSONL", ".jsonl", ".jsonl"),
        ("a.b.csv.XZ", ".csv", ".csv.xz"),
        ("a.gz", "", ".gz"),
        ("a", "", ""),
        (".jsonl", "", ""),
    ],
)
def test_suffixes(name: str, format_: str, suffixes: str) -> None:
    assert format_of(Path(name)) == format_
    assert suffixes_of(Path(name)) == suffixes


@pytest.mark.parametrize("suffix", COMPRESS)
def test_compressed_lines(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.jsonl{suffix}"
    compress = COMPRESS[suffix]
    # Tools that work in parallel write several compressed streams, one after the other.
    path.write_bytes(compress(LINES.encode()) + compress("cuối".encode()))
    lines = list(read_lines(path))
    assert len(lines) == 20_000
    assert lines[1] == (2, '{"text": "Dòng thứ 2", "topic": "a"}\n')
    assert lines[-1] == (20_000, "cuối")


@pytest.mark.parametrize("suffix", COMPRESS)
def test_cut_off(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.jsonl{suffix}"
    whole = COMPRESS[suffix](LINES.encode())
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CorpusError, match=rf"x\.jsonl{suffix}, line \d+: the file is damaged or cut off \(.+\)\.$"):
        list(read_lines(path))


@pytest.mark.parametrize("suffix", COMPRESS)
def test_not_compressed_after_all(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.jsonl{suffix}"
    path.write_text(LINES, encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"x\.jsonl{suffix}, line 1: the file is damaged or cut off"):
        list(read_lines(path))


def test_damaged_in_the_middle(tmp_path: Path) -> None:
    for suffix in (".gz", ".xz", ".bz2"):  # all of which keep a checksum
        data = bytearray(COMPRESS[suffix](LINES.encode()))
        data[len(data) // 2 : len(data) // 2 + 200] = bytes(200)
        (tmp_path / f"x{suffix}").write_bytes(data)
        with pytest.raises(CorpusError, match=r"line \d+: (the file is damaged|not UTF-8|not text)"):
            list(read_lines(tmp_path / f"x{suffix}"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("text\r\nHà Nội\n".encode(encoding))
    assert list(read_lines(path)) == [(1, "text\r\n"), (2, "Hà Nội\n")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\nH\xe0 N\xf4i\n", r"x\.csv, line 2: not UTF-8 \(byte 0xe0 at column 2\); save the file as UTF-8\.$"),
        (b"a\nb\0c\n", r"x\.csv, line 2: not text \(a NUL byte\)"),
        ("a\nb".encode("utf-16")[:-1], r"x\.csv, after line \d: not valid UTF-16"),
    ],
)
def test_not_text(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=message):
        list(read_lines(path))


def test_a_line_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclf.corpus.opening.LONGEST", 1 << 20)
    (tmp_path / "x.jsonl").write_bytes(b"short\n" + b"x" * (3 << 20))
    with pytest.raises(CorpusError, match=r"line 2: longer than 1 MB; is it a file of another format\?"):
        list(read_lines(tmp_path / "x.jsonl"))


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^There is no file .*none\.txt\.$"), open_binary(tmp_path / "none.txt"):
        pass
    with pytest.raises(CorpusError, match=r"cannot be read: Is a directory\.$"):
        read_document(tmp_path)
    with pytest.raises(CorpusError, match=r"^There is no file"), open_seekable(tmp_path / "none.parquet"):
        pass


def test_seeking_in_a_compressed_file(tmp_path: Path) -> None:
    for suffix in ("", ".xz"):
        path = tmp_path / f"x{suffix}"
        with create_binary(path, suffix) as file:
            file.write(b"0123456789")
        with open_seekable(path) as file:
            file.seek(-3, 2)
            assert file.read() == b"789"


def test_a_document_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes("Hà Nội\r\n".encode("utf-16"))
    assert read_document(tmp_path / "x.txt") == "Hà Nội\r\n"
    (tmp_path / "x.txt.gz").write_bytes(gzip.compress("Huế".encode()))
    assert read_document(tmp_path / "x.txt.gz") == "Huế"
    (tmp_path / "y.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    with pytest.raises(CorpusError, match=r"y\.txt: "):
        read_document(tmp_path / "y.txt")
