"""A small corpus, documents that are hard to keep, and a store of objects on this machine."""

from collections.abc import Iterator
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


@pytest.fixture(scope="session")
def bucket() -> Iterator[tuple[str, str]]:
    """The beginning and the options of the addresses of an empty S3 bucket on the loopback interface."""
    pytest.importorskip("pyarrow")
    server_module = pytest.importorskip("moto.server")
    import logging

    from pyarrow import fs

    logging.getLogger("werkzeug").disabled = True
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = f"?scheme=http&endpoint_override={host}:{port}&region=us-east-1&allow_bucket_creation=true"
    filesystem, name = fs.FileSystem.from_uri(f"s3://key:secret@news{options}")
    filesystem.create_dir(name)
    yield "s3://key:secret@news", options
    server.stop()


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A corpus of two topics as JSON lines."""
    path = tmp_path / "news.jsonl"
    rows = [f'{{"text": "{TEXT} {i}", "topic": "{"sports" if i % 2 else "world"}", "id": {i}}}' for i in range(8)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
