"""`vnclf split`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vnclf.cli.options import LabelColumn, LabelSeparator, TextColumn


class By(StrEnum):
    """What decides which documents are the test."""

    random = "random"
    date = "date"
    group = "group"


Source = Annotated[str, typer.Argument(metavar="CORPUS", help="Labelled documents.")]
Folder = Annotated[Path, typer.Option("--output", "-o", help="The folder to make, for train, dev and test.")]
Test = Annotated[float, typer.Option(min=0, max=1, help="The share of documents to test on.")]
Dev = Annotated[float, typer.Option(min=0, max=1, help="The share of documents to develop with.")]
How = Annotated[By, typer.Option(help="At random within each topic, the newest for test, or whole groups.")]
Column = Annotated[
    str | None, typer.Option(help='The column of the date or group. [default: "date" or "group"]', show_default=False)
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same parts.")]


def split(
    corpus: Source,
    output: Folder,
    test: Test = 0.1,
    dev: Dev = 0.0,
    by: How = By.random,
    column: Column = None,
    seed: Seed = 0,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    label_separator: LabelSeparator = None,
) -> None:
    """Part a corpus into train, dev and test; near duplicates stay together."""
    from vnclf.corpus.location import locate
    from vnclf.corpus.opening import suffixes_of
    from vnclf.corpus.reading import iter_documents
    from vnclf.corpus.splitting import check_split_target, write_split
    from vnclf.corpus.splitting import split as split_documents
    from vnclf.errors import CorpusError
    from vnclf.progress import spinner

    sources = locate(corpus)
    if any(isinstance(source, Path) and source.resolve().is_relative_to(output.resolve()) for source in sources):
        raise CorpusError(f"{output} holds the corpus itself; name another folder for the split.")
    suffixes = "" if sources[0].is_dir() else suffixes_of(sources[0])
    check_split_target(output, suffixes)
    with spinner(f"Splitting {corpus}"):
        documents = list(
            iter_documents(corpus, text_column=text_column, label_column=label_column, label_separator=label_separator)
        )
        parts = split_documents(documents, test=test, dev=dev, by=by.value, column=column, seed=seed)
        write_split(parts, output, suffixes)
    counts = ", ".join(f"{len(part):,} for {name}" for name, part in parts.parts().items())
    if parts.undated:
        typer.echo(
            f"{parts.undated:,} of {len(documents):,} documents have no date; they count as the oldest.", err=True
        )
    typer.echo(f"{len(documents):,} documents split into {output}: {counts}.", err=True)
