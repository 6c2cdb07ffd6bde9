"""`vnclf train`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from vnclf.cli.options import Jobs, LabelColumn, LabelMapping, LabelSeparator, SkipBad, TextColumn

Corpus = Annotated[
    Path | None, typer.Argument(help="A labelled corpus; without one, the corpus the recipe names, or the bundled one.")
]
RecipeName = Annotated[str, typer.Option("--recipe", "-r", help="A recipe file, or the name of a shipped recipe.")]
Target = Annotated[Path, typer.Option("--output", "-o", help="The model folder to write.")]
Test = Annotated[Path | None, typer.Option(help="A labelled corpus to report on, instead of the recipe's.")]
Settings = Annotated[list[str] | None, typer.Option("--set", help="Change the recipe, as in --set classifier.C=1.")]
Minutes = Annotated[float | None, typer.Option("--tune", min=0.1, help="Search for a better recipe so many minutes.")]


def train(
    corpus: Corpus = None,
    recipe: RecipeName = "sample",
    output: Target = Path("model/mine"),
    test: Test = None,
    settings: Settings = None,
    tune: Minutes = None,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    label_separator: LabelSeparator = None,
    label_map: LabelMapping = None,
    skip_bad: SkipBad = False,
    jobs: Jobs = 1,
) -> None:
    """Train a model on labelled documents, measure it on held-out ones, and save it."""
    from vnclf.cli.report import print_report, tell_left_out
    from vnclf.corpus.checking import warnings_about
    from vnclf.corpus.reading import read_corpus
    from vnclf.model.folder import check_target
    from vnclf.training.data import gather
    from vnclf.training.recipe_files import read_recipe, recipe_path
    from vnclf.training.train import check_corpora, train_on
    from vnclf.training.tune import check_new, require_tomli_w, tune_recipe, write_recipe

    def read(path: Path, *, to_train: bool = True) -> Any:
        return read_corpus(
            path,
            text_column=text_column,
            label_column=label_column,
            label_separator=label_separator,
            label_map=label_map,
            skip_bad=skip_bad,
            to_train=to_train,
        )

    chosen = read_recipe(recipe, settings or [])
    own = chosen.sources
    check_target(output)
    found = Path(f"{output if output.name else output.absolute()}.toml")  # the current folder has no name
    if tune is not None:
        require_tomli_w()
        check_new(found)
    given = None if corpus is None else read(corpus)
    given_test = None if test is None else read(test, to_train=False)
    base = recipe_path(recipe).parent
    chosen, brought = gather(chosen, base, given, given_test)
    documents = brought.training
    if corpus is not None and own:
        typer.echo(f"Of the recipe's own {', '.join(own)} nothing is read: {corpus} was given.", err=True)
    tell_left_out(documents, to_train=True)
    if brought.test is not None:
        tell_left_out(brought.test, to_train=False)
    for warning in warnings_about(documents):
        typer.echo(f"Warning: {warning}", err=True)
    if tune is not None:
        check_corpora(brought, chosen)
        chosen = tune_recipe(documents, chosen, minutes=tune, jobs=jobs)
        write_recipe(chosen.read_from(base), found)
        typer.echo(f"The recipe found is in {found}.", err=True)
    trained = train_on(brought, chosen, output=output, jobs=jobs)
    print_report(trained.held_out, f"{trained.held_out.documents:,} held-out documents of {documents.name}")
    if trained.calibrated is not None and brought.calibration is not None:
        print_report(trained.calibrated, f"{brought.calibration.name}, to which probabilities are adjusted")
    if trained.test is not None and brought.test is not None:
        print_report(trained.test, brought.test.name)
    typer.echo(f"Saved to {output}.", err=True)
