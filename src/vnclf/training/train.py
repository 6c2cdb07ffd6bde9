"""From labelled documents and a recipe to a trained model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from vnclf.corpus.document import Corpus, Document
from vnclf.corpus.reading import read_corpus
from vnclf.errors import CorpusError
from vnclf.evaluation.evaluate import evaluate, readings_of
from vnclf.evaluation.metrics import Report
from vnclf.model.folder import ModelFolder, check_target, write_model
from vnclf.model.predictor import Predictor
from vnclf.progress import spinner
from vnclf.training.card import model_card
from vnclf.training.data import Corpora, gather
from vnclf.training.documents import check_topics, training_set, without_conflicts
from vnclf.training.embedding import learn_vectors
from vnclf.training.fitting import fit_channel
from vnclf.training.recipe import Recipe
from vnclf.training.recipe_files import read_recipe, recipe_path
from vnclf.training.sections import read_sections


@dataclass(frozen=True)
class Trained:
    """A trained model in memory, with what it got right on documents held out from its training."""

    description: dict[str, Any]
    arrays: dict[str, NDArray[Any]]
    vocabularies: dict[str, list[str]]
    held_out: Report
    calibrated: Report | None = None
    test: Report | None = None

    def predictor(self) -> Predictor:
        """Return a predictor that uses the model without saving it."""
        return Predictor(ModelFolder(Path(), self.description, self.arrays))

    def save(self, path: str | Path) -> Path:
        """Write the model folder and return its path."""
        write_model(Path(path), self.description, self.arrays, self.vocabularies, model_card(self.description))
        return Path(path)


def train(
    corpus: Corpus | str | Path | None = None,
    recipe: Recipe | str | Path = "sample",
    *,
    output: str | Path | None = None,
    jobs: int = 1,
    test: Corpus | str | Path | None = None,
    calibration: Corpus | None = None,
    unlabelled: Sequence[Document] = (),
    sections: Path | None = None,
) -> Trained:
    """Train a model on a corpus (by default the recipe's, or the bundled one), and save it to `output`.

    For a corpus that is given the recipe is followed without the files it names. The paths in a `Recipe` that was
    not read from a file are relative to the current folder.
    `jobs` processes segment and fit; the model does not depend on their number. `test` is a corpus to report
    on, by default the recipe's; to `calibration`, documents that are not trained on and stand for those to be
    predicted, probabilities are adjusted; word vectors and self-training, where the recipe has them, learn from
    `unlabelled` documents, too; `sections` is a table of corpora for the model card. Raises CorpusError,
    RecipeError or ModelError, before any long work, for what cannot be read or written.
    """
    base = Path()
    if not isinstance(recipe, Recipe):
        base, recipe = recipe_path(recipe).parent, read_recipe(recipe)
    if output is not None:
        check_target(Path(output))
    recipe, brought = gather(recipe, base, _corpus(corpus), _corpus(test, to_train=False))
    brought = replace(
        brought,
        calibration=calibration or brought.calibration,
        unlabelled=tuple(unlabelled) or brought.unlabelled,
        sections=sections or brought.sections,
    )
    return train_on(brought, recipe, output=output, jobs=jobs)


def train_on(brought: Corpora, recipe: Recipe, *, output: str | Path | None = None, jobs: int = 1) -> Trained:
    """Train, measure and save as `train` does, on corpora that have been read."""
    check_corpora(brought, recipe)
    outlets = [] if brought.sections is None else read_sections(brought.sections)
    unlabelled = [document.text for document in brought.unlabelled]
    trained = fit(brought.training, recipe, jobs=jobs, unlabelled=unlabelled)
    if brought.calibration is not None:
        from vnclf.training.adjusting import adjust

        trained = adjust(trained, brought.calibration, recipe)
    if outlets or recipe.data.since is not None:
        from vnclf.training.measuring import with_measures

        trained = with_measures(trained, brought, recipe, outlets=outlets, jobs=jobs)
    if brought.test is not None:
        of_topics = tuple(document for document in brought.test if document.topic != recipe.outside)
        trained = replace(trained, test=evaluate(trained.predictor(), of_topics))
        trained = with_report(trained, "test", replace(brought.test, documents=of_topics), trained.test)
    if output is not None:
        trained.save(output)
    return trained


def check_corpora(brought: Corpora, recipe: Recipe) -> None:
    """Raise CorpusError or RecipeError for what cannot be trained on, or what a model of it cannot be measured on."""
    documents = brought.training
    check_topics(documents, recipe)
    topics = set(documents.labels) - {recipe.outside}
    for corpus in (brought.calibration, brought.test):
        if corpus is not None and topics.isdisjoint(corpus.labels):
            known = ", ".join(sorted(topics))
            raise CorpusError(f"No document of {corpus.name} is of a topic of {documents.name}, which has {known}.")
    if recipe.data.since is not None:
        from vnclf.training.measuring import check_dates

        check_dates(documents, recipe, recipe.data.since)


def fit(corpus: Corpus, recipe: Recipe, *, jobs: int = 1, unlabelled: Sequence[str] = ()) -> Trained:
    """Fit a model to documents already read and checked; `unlabelled` texts serve where the recipe uses them."""
    from vnclf.training.assembling import assemble

    if recipe.data.drop_conflicts:
        corpus = without_conflicts(corpus)
    check_topics(corpus, recipe)
    documents = training_set(corpus, recipe, jobs, unlabelled)
    features, plain = recipe.features, recipe.without_diacritics
    vectors = None
    if recipe.embedding.dimensions:
        with spinner("Learning word vectors"):
            vectors = learn_vectors(documents.batch, recipe.embedding.dimensions, recipe.seed)
    sizes = features.min_df, features.max_features
    fitted = {"text": fit_channel(documents, recipe, features.views(), *sizes, vectors=vectors, jobs=jobs)}
    if plain.enabled:
        grams, sizes = plain.syllables, (plain.min_df, plain.max_features)
        views = list(grams.views("plain", features.first_tokens))
        said = fitted["text"].pseudo
        fitted["plain"] = fit_channel(documents, recipe, views, *sizes, vectors=None, jobs=jobs, pseudo=said)
    description, arrays, report = assemble(corpus, recipe, documents, fitted)
    return Trained(description, arrays, {name: part.words for name, part in fitted.items()}, report)


def with_report(trained: Trained, name: str, corpus: Corpus, report: Report | None) -> Trained:
    """Return the model with one more set of figures in its description."""
    again = sum(len(readings_of(document)) > 1 for document in corpus)
    figures = {"name": corpus.name, "sha256": corpus.sha256, "read_again": again}
    figures |= report.as_dict() if report else {}
    metrics = {**trained.description["metrics"], name: figures}
    return replace(trained, description={**trained.description, "metrics": metrics})


def _corpus(corpus: Corpus | str | Path | None, *, to_train: bool = True) -> Corpus | None:
    return corpus if corpus is None or isinstance(corpus, Corpus) else read_corpus(corpus, to_train=to_train)
