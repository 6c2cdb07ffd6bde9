"""`vnclf convert`."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from vnclf.cli.options import LabelColumn, LabelMapping, LabelSeparator, TextColumn

if TYPE_CHECKING:
    from vnclf.corpus import Document

Paths = Annotated[
    list[str],
    typer.Argument(metavar="IN... OUT", help="Files, folders, patterns or addresses to read; last, what to write."),
]


def convert(
    paths: Paths,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    label_separator: LabelSeparator = None,
    label_map: LabelMapping = None,
) -> None:
    """Write labelled documents in another format; the suffix of OUT tells which, and no suffix means a folder."""
    from vnclf.corpus.label_map import read_label_map
    from vnclf.corpus.reading import iter_documents
    from vnclf.corpus.writing import write_documents
    from vnclf.errors import CorpusError
    from vnclf.progress import spinner

    *sources, output = paths
    if not sources:
        raise typer.BadParameter("give at least one file to read and one to write", param_hint="IN... OUT")
    columns = {"text_column": text_column, "label_column": label_column, "label_separator": label_separator}
    mapping = read_label_map(label_map) if label_map else None
    left_out = 0

    def mapped() -> Iterator["Document"]:
        nonlocal left_out
        for document in iter_documents(sources, **columns):
            kept = mapping.apply(document) if mapping else document
            if kept is None:
                left_out += 1
            else:
                yield kept

    with spinner(f"Converting to {output}"):
        documents = mapped()
        first = next(documents, None)
        if first is None:
            wanted = f" with a label that {label_map} gives a topic" if left_out else ""
            raise CorpusError(f"There are no documents{wanted}; nothing is written.")
        written = write_documents(chain([first], documents), output)
    if left_out:
        of_all = f"{left_out:,} of {left_out + written.documents:,} documents left out"
        typer.echo(f"{of_all}: {label_map} gives their label no topic.", err=True)
    if written.losses:
        typer.echo(f"{output} cannot hold everything: {written} documents.", err=True)
    typer.echo(f"{written.documents:,} documents written to {output}.", err=True)
