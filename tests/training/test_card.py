import copy
import re
from typing import Any

import pytest

from vnclf.corpus import Corpus
from vnclf.training.card import model_card
from vnclf.training.measuring import measure_model
from vnclf.training.train import Trained, with_report

SLICE = {"documents": 321, "accuracy": 0.876, "low": 0.83, "high": 0.91}
SECTION = {**SLICE, "among_topics": 0.921, "agreement": 0.954}
SECTIONS = {
    "overall": {**SLICE, "among_topics": 0.921, "name": "Paper"},
    "clear": {**SLICE, "among_topics": 0.932, "name": "Paper", "documents": 123},
    "corpora": [
        {
            **SLICE,
            "name": "Paper",
            "among_topics": 0.921,
            "years": "2019",
            "trained_on": 7,
            "sections": [
                {**SECTION, "name": "Thể thao", "topics": ["sports"], "mostly_taken_for": [["law", 12]]},
                {
                    **SECTION,
                    "name": "Thời sự",
                    "topics": ["politics", "diplomacy"],
                    "mostly_taken_for": [],
                    "agreement": None,
                },
            ],
        }
    ],
}
TIME_SPLIT = {
    "since": "2026-03-01",
    "trained_on": 4321,
    "documents": 1234,
    "archive": 99,
    "accuracy": 0.7654,
    "macro_f1": 0.7321,
    "within_topics": 0.8642,
    "accuracy_interval": [0.74, 0.79],
    "topics": [{"topic": "law", "precision": 0.812, "recall": 0.756, "f1": 0.783, "support": 123}],
    "months": [{**SLICE, "name": "2026-03"}],
    "lengths": [{**SLICE, "name": "30–59 words"}],
    "sources": [{**SLICE, "name": "news19/train"}],
}


@pytest.fixture(scope="module")
def description(trained: Trained, sample: Corpus) -> dict[str, Any]:
    third = Corpus(sample[::3], "third.jsonl")
    whole = with_report(trained, "calibration", third, trained.held_out).description
    measured = measure_model(trained.predictor(), third, Corpus(sample[1::9], "ninth"))
    metrics = {**whole["metrics"], "measured": measured, "sections": SECTIONS, "time_split": TIME_SPLIT}
    return {**whole, "metrics": metrics}


def headings(card: str) -> list[str]:
    return re.findall(r"^## (.+)$", card, re.MULTILINE)


def test_a_model_of_which_little_is_known(trained: Trained) -> None:
    card = model_card(trained.description)
    assert headings(card) == [
        "What it is for",
        "What it is not for",
        "How to load it",
        "Trained on",
        "How good it is",
        "By date and length",
        "What it gets wrong",
        "How it is built",
    ]
    assert f"| primary topic right | {100 * trained.held_out.accuracy:.1f} % |" in card


def test_a_model_of_which_all_is_known(description: dict[str, Any]) -> None:
    card = model_card(description)
    assert {
        "Calibration",
        "Robustness",
        "Texts that are no news",
        "By date and length",
        "The future",
        "Other outlets, other years",
        "What it gets wrong",
    } <= set(headings(card))
    assert "| Paper, 2019 | Thể thao | sports | 95.4 | 321 | 87.6 (83–91) | 92.1 | law (12) |" in card
    assert "| Paper, 2019 | Thời sự | politics or diplomacy |  | 321 | 87.6 (83–91) | 92.1 |  |" in card
    assert "| law | Pháp luật | 81.2 (73–87) | 75.6 (67–82) | 78.3 | 123 |" in card
    assert "76.5 % (74.0–79.0) of the 1,234 later ones" in card
    assert "7 articles that were trained on are left out" in card


@pytest.mark.parametrize(("again", "said"), [(0, ":"), (7, " (7 of them had more than"), (-1, " (each had more than")])
def test_documents_of_several_readers(description: dict[str, Any], again: int, said: str) -> None:
    facts = copy.deepcopy(description)
    report = facts["metrics"]["test"] = {**facts["metrics"]["held_out"], "name": "kept-back"}
    report["read_again"] = again % (report["documents"] + 1)
    assert f"documents of kept-back{said}" in model_card(facts)
    assert model_card(facts).count("to be right means to agree with any):") == bool(again)


def test_a_model_that_is_never_certain(trained: Trained) -> None:
    facts = copy.deepcopy(trained.description)
    facts["certain"]["probability"] = 0.8
    facts["metrics"]["held_out"] |= {"certain_share": 0.5, "certain_accuracy": 0.96}
    card = model_card(facts)
    assert "| right when certain | 96.0 % |" in card
    assert "A prediction is certain from a probability of 0.800, chosen for 95 % right." in card
    facts["certain"]["probability"] = 1.01
    facts["metrics"]["held_out"] |= {"certain_share": 0.0, "certain_accuracy": None}
    card = model_card(facts)
    assert "| called certain | 0.0 % |" in card
    assert "right when certain" not in card
    assert "No prediction is ever certain: from no probability on were they 95 % right." in card


def numbers(facts: Any) -> list[tuple[Any, Any]]:
    """Return where each measured share of a description lies: its container and key."""
    pairs = facts.items() if isinstance(facts, dict) else enumerate(facts) if isinstance(facts, list) else ()
    found: list[tuple[Any, Any]] = []
    for key, value in pairs:
        found += [(facts, key)] if isinstance(value, float) and 0.0 < value < 1.0 else numbers(value)
    return found


def test_every_figure_is_the_measured_one(description: dict[str, Any]) -> None:
    """A figure that is changed in the facts changes on the card, so none is typed."""
    changed = copy.deepcopy(description)
    card = model_card(changed)
    metrics = changed["metrics"]
    shown = {key: metrics[key] for key in ("held_out", "calibration", "sections", "time_split")}
    measured = metrics["measured"]
    shown |= {key: measured[key] for key in ("macro_f1_interval", "f1_intervals", "out_of_domain", "examples")}
    shown |= {key: measured[key] for key in ("months", "lengths", "reliability")}
    shown["changes"] = [row for entry in measured["robustness"] for row in entry["rows"][1:]]
    silent = {"changed", "begin", "end"}
    places = [(facts, key) for facts, key in numbers(shown) if key not in silent]
    assert len(places) > 150
    for facts, key in places:
        before = facts[key]
        facts[key] = before + 0.2 if before < 0.5 else before - 0.2
        assert model_card(changed) != card, (facts, key)
        facts[key] = before
    assert model_card(changed) == card


def test_terms_are_told_where_labels_are_published(description: dict[str, Any]) -> None:
    assert "training/labels" not in model_card(description)
    recipe = {**description["recipe"], "data": {"labels": ["labels/news19.tsv"]}}
    card = model_card({**description, "recipe": recipe})
    assert "`training/labels/news19.tsv`" in card
    assert "belong to their publishers" in card
    assert "nothing is measured on them" not in card
    assert "which nobody labelled" not in card
    assert "which nobody labelled" in model_card({**description, "recipe": recipe | {"self_training": {"weight": 0.5}}})


def test_supplements_are_told(description: dict[str, Any]) -> None:
    data = {"corpora": ["../data/mine.jsonl"], "supplements": ["../data/rare.jsonl"]}
    recipe = {**description["recipe"], "data": data}
    corpora = [{"name": "mine", "documents": 1200, "supplements": 1000, "sha256": "0" * 64}]
    card = model_card({**description, "recipe": recipe, "corpora": corpora})
    assert "1,000 of the documents are supplements (`data/rare.jsonl`)" in card
    assert "The others include `data/mine.jsonl`." in card
    corpora[0]["supplements"] = 0  # the same recipe, followed for another's corpus
    assert "supplements" not in model_card({**description, "recipe": recipe, "corpora": corpora})


def test_topics_without_documents_are_named(description: dict[str, Any]) -> None:
    metrics = copy.deepcopy(description["metrics"])
    metrics["calibration"]["topics"] = [t for t in metrics["calibration"]["topics"] if t["topic"] != "diaspora"]
    assert "None of them is of diaspora" in model_card({**description, "metrics": metrics})
    assert "None of them is of" not in model_card(description)


def test_tables_are_tables(description: dict[str, Any]) -> None:
    for block in model_card(description).split("\n\n"):
        if block.startswith("|"):
            assert len({line.count("|") for line in block.split("\n")}) == 1, block


def test_the_code_runs(description: dict[str, Any], trained: Trained, tmp_path: Any) -> None:
    code = re.findall(r"```python\n(.*?)```", model_card(description), re.DOTALL)
    assert len(code) == 1
    exec(code[0], {"FOLDER": trained.save(tmp_path / "m")})


def test_wrong_examples_come_first(description: dict[str, Any]) -> None:
    metrics = copy.deepcopy(description["metrics"])
    metrics["measured"]["examples"] = [
        {"text": "A", "topic": "law", "predicted": "law", "probability": 0.9, "certain": True},
        {"text": "B", "topic": "law", "predicted": "world", "probability": 0.5, "certain": False},
    ]
    card = model_card({**description, "metrics": metrics})
    assert card.index("| B | law | **world** | 50.0 % |") < card.index("| A | law | law | 90.0 %, certain |")
    assert "it takes 1 of 2 for another topic" in card
