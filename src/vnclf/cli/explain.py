"""`vnclf explain`."""

from typing import Annotated

import typer

from vnclf.cli.inputs import read_items
from vnclf.cli.options import Form, Input, Model, Page, TextColumn, Texts
from vnclf.cli.output import choose_format, open_output, write_rows


def explain(
    texts: Texts = None,
    input: Input = None,
    model: Model = "news",
    format: Form = None,
    top_k: Annotated[int, typer.Option("--top-k", "-k", min=1, help="Words for and against to show.")] = 10,
    page: Page = None,
    text_column: TextColumn = None,
) -> None:
    """Show which words of a text spoke for its topic and which against."""
    from vnclf.model.predictor import Predictor

    predictor = Predictor.load(model)
    form = choose_format(format, None)
    rows = (
        row
        for text, _ in read_items(texts or [], input, text_column, page=page)
        for row in predictor.explain(text, page=page).as_rows(top_k)
    )
    with open_output(None) as target:
        write_rows(rows, target, form)
