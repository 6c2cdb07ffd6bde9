"""A corpus without what is wrong."""

import json
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vnclf.audit.audit import audit
from vnclf.audit.cleaning import write_clean
from vnclf.audit.findings import Audit
from vnclf.audit.reading import read_as_it_is
from vnclf.corpus import Corpus, Document
from vnclf.errors import CorpusError

WRONG = [5, 62, 111, 168]


def log_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_what_is_dropped_and_changed(found: Audit, planted: Corpus, tmp_path: Path) -> None:
    done = write_clean(found, tmp_path / "clean.jsonl")
    assert done.dropped == {"empty": 1, "label conflict": 4, "exact duplicate": 3, "near duplicate": 2}
    assert done.changed == {"nfd": 1, "damaged": 1}
    assert done.log == tmp_path / "clean.jsonl.log.jsonl"
    rows = log_of(done.log)
    assert [(row["index"], row["action"], row["reason"], row.get("of")) for row in rows] == [
        (30, "changed", "nfd", None),
        (40, "dropped", "label conflict", "line 41"),
        (50, "dropped", "label conflict", "line 51"),
        (60, "changed", "damaged", None),
        (240, "dropped", "empty", None),
        (494, "dropped", "exact duplicate", "line 11"),
        (495, "dropped", "exact duplicate", "line 11"),
        (496, "dropped", "exact duplicate", "line 21"),
        (497, "dropped", "label conflict", "line 41"),
        (498, "dropped", "label conflict", "line 51"),
        (499, "dropped", "near duplicate", "line 71"),
        (500, "dropped", "near duplicate", "line 81"),
    ]
    clean = read_as_it_is(tmp_path / "clean.jsonl")
    assert len(clean) == done.written.documents == len(planted) - 10
    assert {document.topics for document in clean} <= {document.topics for document in planted}
    assert str(done).startswith("10 dropped (label conflict 4, empty 1, ")
    assert clean[58].fields == planted[60].fields
    assert clean[58].text == planted[60].text.encode("latin-1").decode()
    assert clean[30].text == unicodedata.normalize("NFC", planted[30].text)


def test_a_clean_corpus_has_no_copies(found: Audit, tmp_path: Path) -> None:
    write_clean(found, tmp_path / "clean.csv")
    again = audit(tmp_path / "clean.csv", jobs=1)
    dropped = ("exact_duplicates", "label_conflicts", "near_duplicates", "empty", "nfd")
    assert [again.counts[name] for name in dropped] == [0, 0, 0, 0, 0]
    assert again.counts["damaged"] == 1


def test_leaks_are_dropped(sample: Corpus, tmp_path: Path) -> None:
    other = Corpus((Document(sample[3].text.upper(), ("x",), place="other.csv, line 7"),), "other")
    found = audit(sample, against=other, jobs=1)
    assert found.counts["leaks"] == 1
    done = write_clean(found, tmp_path / "clean")
    assert done.dropped == {"leak": 1}
    assert log_of(tmp_path / "clean.log.jsonl")[0]["of"] == "other.csv, line 7"
    assert sum(1 for _ in (tmp_path / "clean").rglob("*.txt")) == len(sample) - 1


def test_relabelling(plain: Corpus, tmp_path: Path) -> None:
    documents = [replace(document, topics=(*document.topics, "third")) for document in plain]
    found = audit(Corpus(tuple(documents), "plain"), jobs=1)
    kept = write_clean(found, tmp_path / "kept.jsonl")
    assert kept.changed == {}
    assert log_of(kept.log) == []
    done = write_clean(found, tmp_path / "relabelled.jsonl", relabel=True)
    assert done.changed == {"label suspect": len(WRONG)}
    after = {document.fields["id"]: document.topics for document in read_as_it_is(tmp_path / "relabelled.jsonl")}
    for row in log_of(done.log):
        before = documents[row["index"]]
        assert row["topics"] == list(before.topics)
        assert after[before.fields["id"]] == (row["to"], "third")
        assert row["words"]
        assert row["probability"] > 0.5
    assert [row["index"] for row in log_of(done.log)] == WRONG
    unchanged = [place for place in after if place not in WRONG]
    assert all(after[place] == documents[place].topics for place in unchanged)


def test_nothing_left(tmp_path: Path) -> None:
    found = audit(Corpus((Document(""),), "empty"), jobs=1)
    with pytest.raises(CorpusError, match=r"^Nothing is left of empty without what is wrong"):
        write_clean(found, tmp_path / "clean.jsonl")
    assert list(tmp_path.iterdir()) == []
