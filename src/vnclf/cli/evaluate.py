"""`vnclf evaluate`."""

from pathlib import Path
from typing import Annotated

import typer

from vnclf.cli.options import Form, Jobs, LabelColumn, LabelMapping, LabelSeparator, Model, Output, SkipBad, TextColumn
from vnclf.cli.output import Format, choose_format, open_output, to_json, write_rows


def evaluate(
    corpus: Annotated[Path, typer.Argument(help="Labelled documents.")],
    model: Model = "news",
    output: Output = None,
    format: Form = None,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    label_separator: LabelSeparator = None,
    label_map: LabelMapping = None,
    skip_bad: SkipBad = False,
    jobs: Jobs = 1,
) -> None:
    """Measure a model on labelled documents: accuracy, scores by topic, confused pairs."""
    from vnclf.cli.report import print_report, tell_left_out
    from vnclf.corpus.reading import read_corpus
    from vnclf.evaluation.evaluate import evaluate as evaluate_model
    from vnclf.model.predictor import Predictor

    form = choose_format(format, output)
    documents = read_corpus(
        corpus,
        text_column=text_column,
        label_column=label_column,
        label_separator=label_separator,
        label_map=label_map,
        skip_bad=skip_bad,
        to_train=False,
    )
    tell_left_out(documents, to_train=False)
    report = evaluate_model(Predictor.load(model), documents, jobs=jobs)
    if form is Format.table and output is None:
        print_report(report, f"{documents.name}: {report.documents:,} documents")
        return
    with open_output(output) as target:
        if form in (Format.json, Format.jsonl):
            target.write(to_json(report.as_dict()) + "\n")
        else:
            write_rows(report.as_dict()["topics"], target, form)
