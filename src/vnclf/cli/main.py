"""The `vnclf` command."""

import os
import sys
import warnings
from typing import Annotated

import typer

from vnclf import __version__
from vnclf.cli import audit, cache, clean, convert, evaluate, explain, export, info, predict, segment, split, train
from vnclf.errors import VnclfError

app = typer.Typer(
    name="vnclf",
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
    app.command()(command)
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
    try:
        app()
    except VnclfError as error:
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from error
    except KeyboardInterrupt:
        typer.echo("Interrupted.", err=True)
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our output has gone (as `head` does): not an error, and nothing left to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"Warning: {message}", err=True)
