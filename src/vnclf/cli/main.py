"""The `vnclf` command."""

import warnings
from typing import Annotated

import typer

from vnclf import __version__
from vnclf.cli import audit, cache, clean, convert, evaluate, explain, export, info, predict, segment, split, train
from vnclf.cli.commands import Command, Commands
from vnclf.cli.output import open_closed_streams, speak_utf8

app = typer.Typer(
    name="vnclf",
    cls=Commands,
    help="Find the topic of Vietnamese text: train a model, predict, evaluate.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for command in (
    train.train,
    evaluate.evaluate,
    predict.predict,
    explain.explain,
    segment.segment,
    clean.clean,
    audit.audit,
    convert.convert,
    split.split,
    info.info,
    export.export,
):
    app.command(cls=Command)(command)
app.add_typer(cache.app, name="cache")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vnclf {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None: ...


def main() -> None:
    """Run the command line; a user's mistake is one sentence on stderr and exit status 1."""
    warnings.showwarning = _show_warning
    open_closed_streams()
    speak_utf8()
    app()


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"Warning: {message}", err=True)
