from dataclasses import replace

import pytest

from vnclf.cli.report import print_report
from vnclf.evaluation.metrics import Report


def test_nothing_certain_is_never_certain(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(100, 0.9, 0.85, 0.95, 0.8, 0.02, 0.7, 0.97, (), ())
    print_report(report, "x")
    assert "\ncertain 70.0%, right when certain 97.0%\n" in capsys.readouterr().out
    print_report(replace(report, certain_share=0.0, certain_accuracy=None), "x")
    assert "\nnever certain\n" in capsys.readouterr().out
