"""`vnclf explain`."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from vnclf.cli.inputs import Item, read_items
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
    items = read_items(texts or [], input, text_column, page=page)
    with open_output(None) as target:
        write_rows(_rows(predictor, items, top_k, page), target, form)


def _rows(predictor: Any, items: Iterable[Item], top_k: int, page: bool | None) -> Iterator[dict[str, Any]]:
    """Yield one row a word, with its document's number and `id`: a document without known words has no rows."""
    for number, (text, fields) in enumerate(items, 1):
        of_document = {"document": number, **({"id": fields["id"]} if "id" in fields else {})}
        for row in predictor.explain(text, page=page).as_rows(top_k):
            yield of_document | row
