"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from vnclf.cli.output import Format


def _some(jobs: int) -> int:
    if jobs == 0:
        raise typer.BadParameter("0 is no number of processes; give 1 or more, or -1 for all cores.")
    return jobs


Model = Annotated[str, typer.Option("--model", "-m", help="A model folder, or the name of a shipped model.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=-1, callback=_some, help="Processes to use; -1 for all cores.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")]
Form = Annotated[Format | None, typer.Option("--format", "-f", help="How to write the result.")]
Input = Annotated[
    Path | None,
    typer.Option("--input", "-i", help='A .txt or .html file (one document), a corpus file, or "-" for stdin.'),
]
TextColumn = Annotated[str | None, typer.Option(help="The column that holds the text.")]
LabelColumn = Annotated[str | None, typer.Option(help="The column that holds the topic or topics.")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave out documents without text or label, and count them.")]
Texts = Annotated[list[str] | None, typer.Argument(help="Texts; without any, lines on stdin.", show_default=False)]
Page = Annotated[
    bool | None,
    typer.Option(
        "--page/--no-page", help="Take texts for scraped pages or HTML, or never do. [default: by their looks]"
    ),
]
LabelSeparator = Annotated[
    str | None,
    typer.Option(help='What parts several topics in one string. [default: ";" or "|"]', show_default=False),
]
LabelMapping = Annotated[
    Path | None, typer.Option("--label-map", help="A .toml or .csv file: labels of the corpus, and our topics.")
]
