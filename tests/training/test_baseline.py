"""The quality floors, and the rules they are kept by."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from vnclf import VnclfError
from vnclf.corpus import Corpus
from vnclf.evaluation.metrics import Report
from vnclf.training import baseline
from vnclf.training.baseline import CEILING_SLACK, SLACK, broken, hold_out, measure_entry, read_baseline, settled
from vnclf.training.recipe import Recipe

ENTRY = {"file": "f", "sha256": "s", "floors": {"accuracy": 0.8}, "ceilings": {"calibration_error": 0.05}}


def report(accuracy: float = 0.9, calibration_error: float = 0.02) -> Report:
    return Report(100, accuracy, 0.85, 0.95, 0.8, calibration_error, 0.7, 0.97, (), ())


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["news", "vntc10"])
def test_floors_hold(name: str, corpora: Path) -> None:
    assert broken(read_baseline()[name], *measure_entry(name, corpora, jobs=2)) == []


def test_every_figure_has_a_floor() -> None:
    for entry in read_baseline().values():
        assert set(entry["floors"]) == set(SLACK)
        assert set(entry["ceilings"]) == set(CEILING_SLACK)
        assert len(entry["sha256"]) == 64


def test_what_breaks_a_floor_is_said() -> None:
    assert broken(ENTRY, report(), "s") == []
    assert broken(ENTRY, report(accuracy=0.7), "s") == ["accuracy is 0.7000, below its floor of 0.8."]
    assert broken(ENTRY, report(calibration_error=0.06), "s") == [
        "calibration_error is 0.0600, above its ceiling of 0.05."
    ]
    assert "another file" in broken(ENTRY, report(), "t")[0]
    unsure = {**ENTRY, "floors": {"certain_accuracy": 0.9}}
    assert broken(unsure, replace(report(), certain_accuracy=None), "s") == [
        "certain_accuracy is 0.0000, below its floor of 0.9."
    ]


def test_floors_rise_by_themselves_and_sink_only_when_told() -> None:
    risen = settled(ENTRY, report(), "s", lower=False)
    assert risen["floors"]["accuracy"] == 0.89
    assert risen["ceilings"]["calibration_error"] == 0.03
    kept = settled(risen, report(0.85, 0.05), "s", lower=False)
    assert kept == risen
    sunk = settled(risen, report(0.85, 0.05), "s", lower=True)
    assert (sunk["floors"]["accuracy"], sunk["ceilings"]["calibration_error"]) == (0.84, 0.06)


def test_the_held_out_tenth_is_fixed(sample: Corpus, recipe: Recipe) -> None:
    known, held_out = hold_out(sample, recipe)
    assert len(held_out) == 50
    assert len(known) + len(held_out) == len(sample)
    assert not set(known.texts) & set(held_out.texts)
    assert set(held_out.labels) == set(sample.labels)
    folded = recipe.model_copy(update={"validation": recipe.validation.model_copy(update={"folds": 7})})
    assert hold_out(sample, folded) == (known, held_out)


def test_the_script_writes_only_what_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps({"news": ENTRY}), encoding="utf-8")
    monkeypatch.setattr(baseline, "resource", lambda _: path)
    figures = [report()]
    monkeypatch.setattr(baseline, "measure_entry", lambda *_, **__: (figures[0], "s"))
    monkeypatch.delenv("VNCLF_CORPORA", raising=False)
    with pytest.raises(VnclfError, match="VNCLF_CORPORA is not set"):
        baseline.main([])
    monkeypatch.setenv("VNCLF_CORPORA", str(tmp_path))

    def floor() -> float:
        value: float = json.loads(path.read_text(encoding="utf-8"))["news"]["floors"]["accuracy"]
        return value

    assert baseline.main([]) == 0
    assert floor() == 0.89
    figures[0] = report(accuracy=0.5)
    assert baseline.main([]) == 1
    assert "news: accuracy is 0.5000, below its floor of 0.89." in capsys.readouterr().err
    assert floor() == 0.89
    assert baseline.main(["--lower"]) == 0
    assert floor() == 0.49
