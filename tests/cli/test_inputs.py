"""What the commands read: files of one document, and lines on stdin."""

import json
from pathlib import Path

import pytest

from tests.cli.process import run

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
