"""`vnclf predict`."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated, Any

import typer

from vnclf.cli.inputs import STDIN, Item, read_items
from vnclf.cli.options import Form, Input, Jobs, Model, Output, Page, TextColumn, Texts
from vnclf.cli.output import Format, choose_format, open_output, write_rows
from vnclf.progress import progress


def predict(
    texts: Texts = None,
    input: Input = None,
    output: Output = None,
    model: Model = "news",
    format: Form = None,
    top_k: Annotated[int, typer.Option("--top-k", "-k", min=1, help="Topics in the ranking.")] = 3,
    page: Page = None,
    text_column: TextColumn = None,
    jobs: Jobs = 1,
) -> None:
    """Predict the topics of texts, of a file's documents, or of lines on stdin.

    A row keeps the input's other fields; one whose name the prediction needs becomes _topic, for example.
    """
    from vnclf.model.predictor import Predictor

    form = choose_format(format, output)
    predictor = Predictor.load(model)
    items = read_items(texts or [], input, text_column, page=page)
    typed = bool(texts) or (input in (None, STDIN) and sys.stdin.isatty())
    # Where rows appear line by line on the terminal they show the progress, and a bar would be in their way.
    bar = not typed and (form in (Format.table, Format.csv) or output is not None or not sys.stdout.isatty())
    rows = _rows(predictor, items, top_k, page, jobs, brief=form is Format.table)
    with open_output(output) as target:
        write_rows(_counted(rows, shown=bar), target, form)


def _rows(
    predictor: Any, items: Iterable[Item], top_k: int, page: bool | None, jobs: int, *, brief: bool
) -> Iterator[dict[str, Any]]:
    """Yield one row a document; reads ahead of the predictions no further than they need."""
    waiting: deque[Item] = deque()

    def texts() -> Iterator[str]:
        for item in items:
            waiting.append(item)
            yield item[0]

    for prediction in predictor.stream(texts(), page=page, jobs=jobs):
        text, fields = waiting.popleft()
        row = prediction.as_dict(top_k)
        if brief:
            row = {"text": _beginning(text), **{key: row[key] for key in ("topic", "probability", "certain", "topics")}}
        for name, value in fields.items():
            row[_free(name, row)] = value
        yield row


def _free(name: str, row: dict[str, Any]) -> str:
    """Return the name under which a field of the input joins a row: `_topic` where the row has a `topic`."""
    while name in row:
        name = f"_{name}"
    return name


def _counted(rows: Iterable[dict[str, Any]], *, shown: bool) -> Iterator[dict[str, Any]]:
    """Yield the rows with a bar on stderr, which is gone when the last is taken and a table may be printed."""
    with progress("Predicting", None, shown=shown) as tick:
        for row in rows:
            yield row
            tick()


def _beginning(text: str) -> str:
    line = " ".join(islice(text.split(), 12))
    return line if len(line) <= 50 else f"{line[:49]}…"
