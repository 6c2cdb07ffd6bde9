"""`vnclf audit`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vnclf.cli.options import Form, Jobs, LabelColumn, LabelSeparator, TextColumn
from vnclf.cli.output import Format, choose_format, open_console, open_output, to_json, write_rows

if TYPE_CHECKING:
    from vnclf.audit.findings import Audit

Source = Annotated[str, typer.Argument(metavar="CORPUS", help="Labelled documents.")]
Against = Annotated[str | None, typer.Option(help="Another corpus: what leaks from it, and how far they differ.")]
Judge = Annotated[
    str | None,
    typer.Option(
        "--model", "-m", help="Judge labels by this model. [default: by cross-validation]", show_default=False
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with status 1 when something is wrong.")]
Page = Annotated[Path | None, typer.Option("--html", help="Also write a page with plots.")]
Clean = Annotated[Path | None, typer.Option("--write-clean", help="Write the corpus without what is wrong, and a log.")]
Relabel = Annotated[bool, typer.Option("--relabel", help="With --write-clean: give suspects the topic suggested.")]


def audit(
    corpus: Source,
    against: Against = None,
    model: Judge = None,
    strict: Strict = False,
    html: Page = None,
    write_clean: Clean = None,
    relabel: Relabel = False,
    format: Form = None,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    label_separator: LabelSeparator = None,
    jobs: Jobs = -1,
) -> None:
    """Find what is wrong with a corpus: copies, leaks, wrong labels, damaged texts, drift."""
    from vnclf.audit.audit import audit as audit_corpus
    from vnclf.audit.cleaning import write_clean as write_cleaned
    from vnclf.audit.page import write_page
    from vnclf.audit.preflight import check_clean_target, check_page, require_cleanlab
    from vnclf.audit.reading import read_as_it_is

    if relabel and write_clean is None:
        raise typer.BadParameter("it needs --write-clean", param_hint="--relabel")
    require_cleanlab()
    if html is not None:
        check_page(html)
    if write_clean is not None:
        check_clean_target(write_clean)
    columns = {"text_column": text_column, "label_column": label_column, "label_separator": label_separator}
    documents = read_as_it_is(corpus, **columns)
    other = None if against is None else read_as_it_is(against, **columns)
    found = audit_corpus(documents, against=other, model=model, jobs=jobs)
    if html is not None:
        write_page(found, html)
        typer.echo(f"The page is {html}.", err=True)
    if write_clean is not None:
        cleaned = write_cleaned(found, write_clean, relabel=relabel)
        if cleaned.written.losses:
            typer.echo(f"{write_clean} cannot hold everything: {cleaned.written} documents.", err=True)
        typer.echo(f"{cleaned.written.documents:,} documents written to {write_clean}; {cleaned}.", err=True)
    _show(found, choose_format(format, None))
    if strict and found.found_something:
        raise typer.Exit(1)


def _show(found: "Audit", form: Format) -> None:
    from vnclf.audit.table import print_audit

    with open_output(None) as target:
        if form is Format.table:
            with open_console(target) as console:
                print_audit(found, console)
        elif form is Format.csv:
            write_rows(found.rows(), target, form)
        else:
            target.write(to_json(found.as_dict()) + "\n")
