"""A small corpus, and documents that are hard to keep."""

from pathlib import Path

import pytest

from vnclf.corpus import Document

TEXT = "Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình"


@pytest.fixture
def documents() -> list[Document]:
    return [
        Document(
            'Giá vàng "nhảy múa",\nrồi; đứng | yên\ttối qua', ("business", "society"), {"id": "007", "place": "Hà Nội"}
        ),
        Document("  hai dòng\r\n\r\ntrống, và ' nháy\r", ("diaspora",), {"id": "", "place": '"'}),
        Document("không nhãn \u2028 \u00a0 và 𠀋 chữ Nôm", (), {"id": "b", "place": "a;b,c"}),
        Document("", ("health", "Y tế; dự phòng", "[x]"), {"id": "c", "place": "\n"}),
    ]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A corpus of two topics as JSON lines."""
    path = tmp_path / "news.jsonl"
    rows = [f'{{"text": "{TEXT} {i}", "topic": "{"sports" if i % 2 else "world"}", "id": {i}}}' for i in range(8)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
