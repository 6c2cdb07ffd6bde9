from pathlib import Path

import numpy as np
import pytest

from vnclf.corpus import Corpus
from vnclf.training import cache, segmentation


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(segmentation, "cache_folder", lambda: tmp_path)
    return tmp_path / "corpora"


def test_a_corpus_is_segmented_once(folder: Path, sample: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*sample.texts[:20], "chữ \ud800 lẻ"]
    first = segmentation.segment_corpus(texts, "fast")
    monkeypatch.setattr(segmentation, "_segment_all", lambda *_: pytest.fail("segmented again"))
    second = segmentation.segment_corpus(texts, "fast")
    assert second.words() == first.words()
    assert all(np.array_equal(second.table[name], column) for name, column in first.table.items())
    with pytest.raises(pytest.fail.Exception):
        segmentation.segment_corpus(texts, "none")
    file = next(folder.iterdir())
    file.write_bytes(file.read_bytes()[:99])
    with pytest.raises(pytest.fail.Exception):
        segmentation.segment_corpus(texts, "fast")


def test_the_cache_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_BYTES", 6000)
    for number in range(12):
        segmentation.segment_corpus([f"văn bản số {number}"], "fast")
    assert 1 <= len(cache.entries(folder)) <= 5
