"""`vnclf clean`."""

from pathlib import Path
from typing import Annotated

import typer

from vnclf.cli.inputs import read_page
from vnclf.cli.options import Output
from vnclf.cli.output import open_output


def clean(
    page: Annotated[Path, typer.Argument(help='A file of HTML or scraped text, or "-" for stdin.')],
    output: Output = None,
    show_removed: Annotated[
        bool, typer.Option("--show-removed", help="Tell on stderr which lines went, and why.")
    ] = False,
) -> None:
    """Print the article of a scraped page or HTML file, without menus, teasers and captions."""
    from vnclf.text.page import extract

    found = extract(read_page(page))
    with open_output(output) as target:
        target.write(found.text + "\n")
    if show_removed:
        for removed in found.removed:
            typer.echo(f"{removed.line}: {removed.why}: {removed.text}", err=True)
