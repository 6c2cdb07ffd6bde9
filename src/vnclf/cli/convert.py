"""`vnclf convert`."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from vnclf.cli.options import LabelColumn, LabelMapping, LabelSeparator, TextColumn

if TYPE_CHECKING:
    from vnclf.corpus import Document
    from vnclf.corpus.label_map import LabelMap

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
    from vnclf.progress import spinner

    *sources, output = paths
    if not sources:
        raise typer.BadParameter("give at least one file to read and one to write", param_hint="IN... OUT")
    columns = {"text_column": text_column, "label_column": label_column, "label_separator": label_separator}
    mapping = read_label_map(label_map) if label_map else None
    documents = _Passing(iter_documents(sources, **columns), mapping)
    with spinner(f"Converting to {output}"):
        written = write_documents(documents, output)
    if written.documents < documents.read:
        left_out = f"{documents.read - written.documents:,} of {documents.read:,} documents left out"
        typer.echo(f"{left_out}: {label_map} gives their label no topic.", err=True)
    if written.losses:
        typer.echo(f"{output} cannot hold everything: {written} documents.", err=True)
    typer.echo(f"{written.documents:,} documents written to {output}.", err=True)


class _Passing:
    """Documents on their way, their labels mapped; `read` is the number so far."""

    def __init__(self, documents: Iterable["Document"], mapping: "LabelMap | None") -> None:
        self._documents, self._mapping, self.read = documents, mapping, 0

    def __iter__(self) -> Iterator["Document"]:
        from vnclf.errors import CorpusError

        passed = 0
        for document in self._documents:
            self.read += 1
            mapped = self._mapping.apply(document) if self._mapping else document
            if mapped is not None:
                passed += 1
                yield mapped
        if not passed:  # raised here, and so nothing is written
            wanted = f" with a label that {self._mapping.name} gives a topic" if self._mapping and self.read else ""
            raise CorpusError(f"There are no documents{wanted}; nothing is written.")
