"""The `vnclf` command."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from vnclf import __version__
from vnclf.cli import audit, cache, clean, convert, evaluate, explain, export, info, predict, segment, split, train
from vnclf.cli.output import give_up_stdout, open_closed_streams, open_output, speak_utf8
from vnclf.errors import VnclfError


class _Commands(TyperGroup):
    """The commands. One that ends too soon is caught here: typer would end it in its own way, and tell nobody."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        with _told(), open_output(None):  # --help and --version write here
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        with _told():
            return super().invoke(ctx)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except VnclfError as error:
        typer.echo(f"Error: {error}", err=True)
        raise SystemExit(1) from error
    except KeyboardInterrupt:
        typer.echo("Interrupted.", err=True)
        raise SystemExit(130) from None
    except BrokenPipeError:  # the reader of our output has gone, as `head` does: not an error
        give_up_stdout()
        raise SystemExit(0) from None


app = typer.Typer(
    name="vnclf",
    cls=_Commands,
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
    open_closed_streams()
    speak_utf8()
    app()


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"Warning: {message}", err=True)
