"""`vnclf export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Target(StrEnum):
    """What a model can be exported to."""

    joblib = "joblib"


def export(
    model: Annotated[str, typer.Argument(help="A model folder, or the name of a shipped model.")],
    to: Annotated[Target, typer.Option(help="The form to export to.")] = Target.joblib,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path("model.joblib"),
) -> None:
    """Write a model as a plain scikit-learn pipeline over segmented text (see `vnclf segment --lower`)."""
    from vnclf.training.export import export_joblib

    export_joblib(model, output)
    typer.echo(f"Exported to {output} ({to.value}).", err=True)
