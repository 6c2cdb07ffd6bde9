"""What the commands read: files of one document, and lines on stdin."""

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.process import refused, run

ARTICLE = """Mưa lớn ở Huế
Mưa lớn từ đêm qua làm nhiều tuyến phố ngập sâu, người dân phải dùng thuyền để đi lại trong thành phố.
Đến trưa nay nước vẫn chưa rút, chính quyền đã cho học sinh nghỉ học và sơ tán các hộ dân ở vùng trũng.
"""
MENU = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("Trang chủ", "Thời sự", "Thể thao"))
PAGE = f"<html><body><ul>{MENU}</ul>{''.join(f'<p>{line}</p>' for line in ARTICLE.splitlines())}</body></html>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "p.html").write_text(PAGE, encoding="utf-8")
    return tmp_path / "p.html"


def test_a_page_tells_what_was_removed(page: Path) -> None:
    removed = "1: menu: [Trang chủ]()\n2: menu: [Thời sự]()\n3: menu: [Thể thao]()\n"
    for done in (run("clean", page, "--show-removed"), run("clean", "-", "--show-removed", stdin=PAGE)):
        assert (done.returncode, done.stdout, done.stderr) == (0, ARTICLE, removed)


def test_a_page_is_read_as_it_is_or_its_article(page: Path, model: Path) -> None:
    def beginning(*options: str) -> str:
        return run("predict", "-m", model, "-f", "table", "-i", page, *options).stdout.splitlines()[1]

    assert beginning("--no-page").startswith("<html><body><ul><li>")
    assert beginning().startswith("Mưa lớn ở Huế Mưa lớn")
    first = json.loads(run("explain", "-m", model, "-i", page, "--no-page").stdout.splitlines()[0])
    assert PAGE[slice(*first["spans"][0])].lower() == first["words"]


def test_a_compressed_text_is_one_document_too(tmp_path: Path) -> None:
    text = "Hà Nội hôm nay\nTrời đổ mưa lớn"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text.encode()))
    lines = [run("segment", "-i", tmp_path / name).stdout for name in ("a.txt", "a.txt.gz")]
    assert lines == ["Hà_Nội hôm_nay Trời đổ mưa lớn\n"] * 2


def test_a_hyphen_is_stdin() -> None:
    assert run("segment", "-i", "-", stdin="Hà Nội\nHuế\n").stdout == "Hà_Nội\nHuế\n"


def test_rows_of_stdin_have_the_columns_of_files(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps(row) + "\n"
        for row in (
            {"content": "Hà Nội", "topic": ["x", 5]},
            {"sentence": "Huế", "category": {"id": 1}},
            {"text": None},
        )
    )
    (tmp_path / "x.jsonl").write_text(lines, encoding="utf-8")
    for done in (run("segment", stdin=lines), run("segment", "-i", tmp_path / "x.jsonl")):
        assert (done.stdout, done.stderr) == ("Hà_Nội\nHuế\n\n", "")
    assert run("segment", "--text-column", "a", stdin='{"text": "x", "a": "Hà Nội"}').stdout == "Hà_Nội\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"a": 1}', r"no text column \(none of text, content, document, sentence\); it has 'a'\.$"),
        ('{"text": 5}', r"the text is of type int, where a string is expected\.$"),
        ('{"text": "a"', r"not JSON \(Expecting ',' delimiter at column 13\)\.$"),
        ('{"text": "a", "n": ' + "1" * 5000 + "}", r"not usable JSON \(.*digits"),
    ],
)
def test_bad_rows_of_stdin(line: str, message: str) -> None:
    refused(run("segment", stdin=f"Huế\n{line}\n"), rf"^Error: stdin, line 2: {message}")
