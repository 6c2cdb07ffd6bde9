"""How commands begin and end: a user's mistake, or output that cannot be written, is one sentence on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from vnclf.cli.output import give_up_stdout, open_output
from vnclf.errors import VnclfError


class Command(TyperCommand):
    """A command whose --help may fail as all output may."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Parse the arguments; --help writes here."""
        with open_output(None):
            return super().make_context(*args, **options)


class Commands(TyperGroup):
    """A group of commands, which catches one that ends too soon: typer would end it in its own way, and tell nobody."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Parse the arguments; --help and --version write here."""
        with _told(), open_output(None):
            return super().make_context(*args, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the arguments name."""
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
