"""What an audit finds, counted."""

from pathlib import Path

import pytest

from vnclf.audit.audit import audit
from vnclf.audit.findings import FINDINGS, Audit
from vnclf.audit.reading import read_as_it_is
from vnclf.corpus import Corpus, Document
from vnclf.errors import CorpusError, ModelError


def test_every_planted_defect_is_counted(found: Audit, planted: Corpus) -> None:
    data = found.as_dict()
    assert data["documents"] == len(planted) == 503
    assert {name: data[name] for name in FINDINGS if name != "label_suspects"} == {
        "exact_duplicates": 5,
        "label_conflicts": 2,
        "near_duplicates": 2,
        "leaks": 0,
        "unlabelled": 1,
        "small_topics": 1,
        "empty": 1,
        "very_short": 1,
        "very_long": 1,
        "damaged": 2,
        "nfd": 1,
        "no_diacritics": 2,
        "other_languages": 1,
    }
    assert all(type(data[name]) is int for name in FINDINGS)
    assert data["label_suspects"] == len(data["details"]["label_suspects"]) > 0
    assert data["topics"]["mystery"] == 2
    assert data["imbalance"] == round(max(data["topics"].values()) / 2, 2)
    assert data["lengths"]["least"] == 3
    assert found.found_something


def test_every_planted_defect_is_listed(found: Audit) -> None:
    details = found.as_dict()["details"]
    groups = {name: [[entry["index"] for entry in group] for group in details[name]] for name in list(FINDINGS)[:3]}
    assert groups == {
        "exact_duplicates": [[10, 494, 495], [20, 496], [40, 497], [50, 498]],
        "label_conflicts": [[40, 497], [50, 498]],
        "near_duplicates": [[70, 499], [80, 500]],
    }
    single = {name: [entry["index"] for entry in details[name]] for name in list(FINDINGS)[7:]}
    assert single == {
        "empty": [240],
        "very_short": [270],
        "very_long": [210],
        "damaged": [60, 90],
        "nfd": [30],
        "no_diacritics": [120, 150],
        "other_languages": [180],
    }
    assert details["unlabelled"][0]["place"] == "line 301"
    assert details["small_topics"] == [{"topic": "mystery", "documents": 2}]
    assert details["very_short"][0]["text"] == "Giá vàng tăng"
    assert set(details) == {*FINDINGS, "most_suspect"}


def test_the_result_does_not_depend_on_jobs(found: Audit, planted: Corpus, shared_work: list[int]) -> None:
    assert audit(planted, jobs=2).as_dict() == found.as_dict()
    assert 2 in shared_work


def test_a_sound_corpus(sample: Corpus) -> None:
    documents = tuple(document for document in sample if document.topic == "sports")
    found = audit(Corpus(documents, "sound"), jobs=1)
    assert not any(found.counts.values())
    assert not found.found_something


@pytest.mark.parametrize(
    "documents",
    [
        [Document("")],
        [Document("", ("a",)), Document(" ", ("b",))] * 12,
        [Document(f"{number}", ("ab"[number % 2],)) for number in range(40)],
        [Document(f"Bài viết số {number} về \ud800 nắng nóng") for number in range(12)],
    ],
)
def test_a_corpus_of_nothing_but_defects(documents: list[Document]) -> None:
    corpus = Corpus(tuple(documents), "odd")
    assert audit(corpus, against=corpus, jobs=1).as_dict()["label_suspects"] == 0


def test_the_folder_one_stands_in_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Giá vàng tăng mạnh", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_as_it_is(".").name == "."


def test_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("text,topic\n")
    with pytest.raises(CorpusError, match=r"^There is no file"):
        audit(tmp_path / "missing.csv")
    with pytest.raises(CorpusError, match=r"^none\.csv holds no documents"):
        audit(tmp_path / "none.csv")
    with pytest.raises(ModelError, match=r"^There is no model"):
        audit(tmp_path / "none.csv", model=tmp_path / "none")


@pytest.mark.corpora
def test_vntc(corpora: Path) -> None:
    found = audit(corpora / "vntc10" / "train.jsonl.xz")
    assert found.counts["exact_duplicates"] == 51
    assert found.counts["label_conflicts"] == 50
    assert 100 < found.counts["label_suspects"] < 2000
    assert found.drift is None
