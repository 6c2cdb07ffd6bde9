"""`vnclf segment`."""

from collections.abc import Iterator
from typing import Annotated

import typer

from vnclf.cli.inputs import read_items
from vnclf.cli.options import Input, Output, TextColumn, Texts
from vnclf.cli.output import open_output, to_json


def segment(
    texts: Texts = None,
    input: Input = None,
    output: Output = None,
    json: Annotated[bool, typer.Option("--json", help="Write each document as a JSON list of words.")] = False,
    lower: Annotated[
        bool, typer.Option("--lower", help="Normalise and lower-case first, as the classifier does.")
    ] = False,
    text_column: TextColumn = None,
) -> None:
    """Segment texts into words: one document a line, a word's syllables joined by "_"."""
    from vnclf.text.batches import batches
    from vnclf.text.segmenters import get_segmenter

    segmenter = get_segmenter("fast", for_topics=lower)

    def documents() -> Iterator[list[str]]:
        for batch in batches(text for text, _ in read_items(texts or [], input, text_column)):
            yield from segmenter.segment(batch).words()

    with open_output(output) as target:
        for words in documents():
            line = to_json(words) if json else " ".join(word.replace(" ", "_") for word in words)
            target.write(line + "\n")
