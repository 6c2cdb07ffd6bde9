from dataclasses import replace
from pathlib import Path

import pytest

from vnclf import CorpusError, RecipeError, train
from vnclf.corpus import Corpus, Document
from vnclf.taxonomy import load_taxonomy
from vnclf.training.data import Corpora, text_digest
from vnclf.training.measuring import measure_model, time_split_report, with_measures
from vnclf.training.recipe import Data, Recipe, Validation
from vnclf.training.recipe_views import Features, WithoutDiacritics
from vnclf.training.sections import read_sections, sections_report
from vnclf.training.train import Trained, fit

TABLE = """
[[corpus]]
name = "Paper"
years = "2019"
file = "paper.jsonl"
column = "section"
[corpus.topics]
"Thể thao" = "sports"
"Thời sự" = ["politics", "diplomacy"]
"Khác" = ""

[[corpus]]
name = "Other"
years = "2005"
file = "paper.jsonl"
column = "section"
topics = { "Thể thao" = "law", "Thời sự" = "", "Khác" = "" }
"""
SECTIONS = {"sports": "Thể thao", "politics": "Thời sự", "diplomacy": "Thời sự", "law": "Khác"}


@pytest.fixture
def table(sample: Corpus, tmp_path: Path) -> Path:
    from vnclf.corpus.writing import write_documents

    chosen = [d for d in sample if d.topic in SECTIONS]
    write_documents([Document(d.text, (), {"section": SECTIONS[d.topic]}) for d in chosen], tmp_path / "paper.jsonl")
    (tmp_path / "sections.toml").write_text(TABLE, encoding="utf-8")
    return tmp_path / "sections.toml"


def test_measures_of_a_model(trained: Trained, sample: Corpus) -> None:
    third = Corpus(tuple(replace(d, fields={"date": "2026-07-01"}) for d in sample[::3]), "third")
    strange = Document("Bản tin tổng hợp", ("none",))  # of no topic that the model knows: not counted
    measured = measure_model(trained.predictor(), Corpus((*third, strange), "third"), Corpus(sample[1::9], "ninth"))
    assert measured["documents"] == len(third) == sum(b["documents"] for b in measured["reliability"])
    assert measured["accuracy_interval"][0] < measured["accuracy"] <= measured["accuracy_interval"][1]
    assert set(measured["f1_intervals"]) == set(third.labels)
    assert [row["name"] for row in measured["months"]] == ["2026-07"]
    assert sum(row["documents"] for row in measured["lengths"]) == len(third)
    assert [entry["documents"] for entry in measured["robustness"]] == [len(third), len(sample[1::9])]
    assert {row["kind"] for row in measured["out_of_domain"]} >= {"lottery results", "horoscopes", "English"}
    assert {example["topic"] for example in measured["examples"]} <= set(load_taxonomy())


def test_a_later_model_is_tested_on_what_came_after(sample: Corpus, recipe: Recipe) -> None:
    dates = ["2026-01-15", "2026-03-01", "2026-04-09", ""]
    documents = [
        replace(d, fields={"date": dates[i % 4]}, source="x/old" if i % 4 == 3 else "x/new")
        for i, d in enumerate(sample)
    ]
    report = time_split_report(Corpus(tuple(documents), "dated"), recipe, "2026-03-01")
    newer = sum(d.fields["date"] >= "2026-03-01" for d in documents)
    undated = sum(not d.fields["date"] for d in documents)
    assert (report["documents"], report["archive"]) == (newer, round(undated / 10))
    assert report["trained_on"] + report["documents"] + report["archive"] == len(documents)
    assert [row["name"] for row in report["months"]] == ["2026-03", "2026-04"]
    assert [row["name"] for row in report["sources"]] == ["x/new, 2026", "x/old, undated"]
    assert sum(row["documents"] for row in report["lengths"]) == newer + report["archive"]
    assert 0.3 < report["accuracy"] < 0.95
    assert report["accuracy_interval"][0] < report["accuracy"] < report["accuracy_interval"][1]


def test_word_vectors_do_not_learn_from_the_future(sample: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    def spy(corpus: Corpus, recipe: Recipe, *, jobs: int, unlabelled: list[str]) -> Trained:
        seen.append(unlabelled)
        return fit(corpus, recipe, jobs=jobs, unlabelled=unlabelled)

    monkeypatch.setattr("vnclf.training.measuring.fit", spy)
    dated = Corpus(tuple(replace(d, fields={"date": f"2026-0{i % 4 + 1}-01"}) for i, d in enumerate(sample)), "dated")
    others = [Document(date or "undated", (), {"date": date}) for date in ("2026-02-28", "2026-03-01", "")]
    quick = Recipe(features=Features(max_features=1000), without_diacritics=WithoutDiacritics(enabled=False))
    time_split_report(dated, quick, "2026-03-01", unlabelled=others)
    assert seen == [["2026-02-28", "undated"]]


def test_sections_stand_for_topics(trained: Trained, sample: Corpus, table: Path) -> None:
    sports = [d for d in sample if d.topic == "sports"]
    trained_on = {text_digest(sports[0].text)}
    labels = {text_digest(d.text): "sports" if i % 20 else "law" for i, d in enumerate(sports)}
    report = sections_report(trained.predictor(), read_sections(table), trained_on, labels)
    paper, other = report["corpora"]
    assert [(s["name"], s["topics"]) for s in paper["sections"]] == [
        ("Thể thao", ["sports"]),
        ("Thời sự", ["politics", "diplomacy"]),
    ]
    assert paper["trained_on"] == other["trained_on"] == 1
    assert paper["sections"][0]["documents"] == paper["documents"] == len(sports) - 1
    assert paper["sections"][0]["agreement"] == pytest.approx(1 - ((len(sports) + 19) // 20) / len(sports))
    assert paper["sections"][1]["agreement"] is None
    assert report["clear"]["documents"] == len(sports) - 1
    assert report["overall"]["documents"] == 2 * (len(sports) - 1)
    assert report["clear"]["accuracy"] == paper["accuracy"] > 0.9  # trained on them
    assert report["overall"]["accuracy"] == pytest.approx((paper["accuracy"] + other["accuracy"]) / 2, abs=1e-6)
    assert other["accuracy"] < 0.1
    assert all(row["accuracy"] <= row["among_topics"] for row in (paper, other, *paper["sections"], report["overall"]))
    assert other["sections"][0]["mostly_taken_for"][0][0] == "sports"


def test_everything_goes_into_the_description(trained: Trained, sample: Corpus, recipe: Recipe, table: Path) -> None:
    small = Corpus(
        tuple(replace(d, fields={"date": f"2026-0{i % 4 + 1}-01"}) for i, d in enumerate(sample[::2])), "half"
    )
    other, test = Corpus(sample[1::6], "others"), Corpus(sample[3::6], "kept back")
    dated = recipe.model_copy(update={"data": Data(since="2026-04-01")})
    brought = Corpora(small, calibration=other, test=test)
    metrics = with_measures(trained, brought, dated, outlets=read_sections(table)).description["metrics"]
    assert {"held_out", "measured", "sections", "time_split"} <= set(metrics)
    assert [entry["name"] for entry in metrics["measured"]["robustness"]] == ["others", "kept back"]
    assert metrics["held_out"] == trained.description["metrics"]["held_out"]
    assert "measured" not in trained.description["metrics"]


def test_sections_and_dates_need_no_calibration(sample: Corpus, table: Path) -> None:
    dated = Corpus(tuple(replace(d, fields={"date": f"2026-0{i % 4 + 1}-01"}) for i, d in enumerate(sample)), "dated")
    quick = Recipe(
        data=Data(since="2026-04"),
        features=Features(max_features=1000),
        without_diacritics=WithoutDiacritics(enabled=False),
        validation=Validation(folds=1),
    )
    metrics = train(dated, quick, sections=table).description["metrics"]
    assert metrics["time_split"]["documents"] == len(sample) // 4
    assert metrics["sections"]["overall"]["name"] == "Paper, Other"
    assert "measured" not in metrics


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        (
            ["", "2026-02-28"],
            r"^No document of dated with a topic of the older ones has a date from 2026-03 on, the re",
        ),
        (
            ["2026-03-01"],
            r"^Of what is older than the recipe's data\.since, 2026-03: dated before 2026-03 has fewer than",
        ),
    ],
    ids=["nothing newer", "nothing older"],
)
def test_dates_are_checked_before_the_work(
    sample: Corpus, dates: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vnclf.training.train.fit", None)
    documents = (replace(d, fields={"date": dates[i % len(dates)]}) for i, d in enumerate(sample))
    with pytest.raises(CorpusError, match=message):
        train(Corpus(tuple(documents), "dated"), Recipe(data=Data(since="2026-03")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[corpus]]\nname = 'x'", "needs name, years, file, column and topics"),
        ("corpus = 3", "needs name"),
        ("[[corpus", "not valid TOML"),
        (TABLE.replace("paper.jsonl", "$NOT_SET_HERE/x.jsonl"), "NOT_SET_HERE is not set"),
    ],
)
def test_a_table_of_sections_that_is_none(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match=message):
        read_sections(tmp_path / "s.toml")


def test_no_table_of_sections(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="cannot be read: No such file"):
        read_sections(tmp_path / "none.toml")
