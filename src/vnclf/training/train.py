"""From labelled documents and a recipe to a trained model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.corpus.document import Corpus
from vnclf.corpus.reading import read_corpus
from vnclf.evaluation.evaluate import accepted_topics, evaluate
from vnclf.evaluation.metrics import Report, measure
from vnclf.model.features import View
from vnclf.model.folder import ModelFolder, write_model
from vnclf.model.predictor import Predictor
from vnclf.resources import resource
from vnclf.taxonomy import topic_named
from vnclf.text.segmenters import segmenter_identity
from vnclf.training.calibration import certain_threshold, fit_topic_sets
from vnclf.training.card import model_card
from vnclf.training.fitting import Fitted, fit_channel
from vnclf.training.recipe import Recipe, read_recipe
from vnclf.training.segmentation import segment_corpus


@dataclass(frozen=True)
class Trained:
    """A trained model in memory, with what it got right on documents held out from its training."""

    description: dict[str, Any]
    arrays: dict[str, NDArray[Any]]
    vocabularies: dict[str, list[str]]
    held_out: Report
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
) -> Trained:
    """Train a model on a corpus (by default the bundled one) after a recipe, and save it to `output`.

    `jobs` processes segment and as many threads fit; the model does not depend on their number. `test`
    is a corpus to report on. Raises CorpusError, RecipeError or ModelError, before any long work, for
    what cannot be read or written.
    """
    recipe = recipe if isinstance(recipe, Recipe) else read_recipe(recipe)
    documents = _corpus(resource("data/news-sample.jsonl") if corpus is None else corpus)
    test_documents = None if test is None else _corpus(test)
    trained = fit(documents, recipe, jobs=jobs)
    if test_documents is not None:
        report = evaluate(trained.predictor(), test_documents)
        metrics = {**trained.description["metrics"], "test": {"name": test_documents.name, **report.as_dict()}}
        trained = replace(trained, description={**trained.description, "metrics": metrics}, test=report)
    if output is not None:
        trained.save(output)
    return trained


def fit(corpus: Corpus, recipe: Recipe, *, jobs: int = 1, sample_weights: NDArray[np.float64] | None = None) -> Trained:
    """Fit a model to documents already read and checked."""
    ids = sorted({document.topic for document in corpus})
    number = {topic: i for i, topic in enumerate(ids)}
    labels = np.array([number[label] for label in corpus.labels])
    batch = segment_corpus(corpus.texts, recipe.segmenter, jobs)
    features, plain = recipe.features, recipe.without_diacritics

    def channel(views: Sequence[View], min_df: int, max_features: int) -> Fitted:
        return fit_channel(
            batch, labels, len(ids), recipe, views, min_df, max_features, jobs=jobs, sample_weights=sample_weights
        )

    fitted = {"text": channel(features.views(), features.min_df, features.max_features)}
    if plain.enabled:
        grams = plain.syllables
        views = [View("plain", grams.shortest, grams.longest, grams.weight, features.first_tokens)]
        fitted["plain"] = channel(views, plain.min_df, plain.max_features)
    return _assemble(corpus, recipe, ids, labels, fitted)


def _assemble(
    corpus: Corpus, recipe: Recipe, ids: list[str], labels: NDArray[np.int64], fitted: dict[str, Fitted]
) -> Trained:
    main = fitted["text"]
    held_out = [corpus[i] for i in main.held_out.tolist()]
    present = np.array([[topic in document.topics for topic in ids] for document in held_out])
    head, thresholds = fit_topic_sets(main.scores, present)
    probabilities = main.probabilities
    best = probabilities.argmax(axis=1)
    right = best == labels[main.held_out]
    certain, share, accuracy = certain_threshold(probabilities.max(axis=1), right, recipe.calibration.certain_accuracy)
    chosen = 1 / (1 + np.exp(-head(main.scores))) >= thresholds
    report = measure(
        [document.topics for document in held_out],
        [accepted_topics(document) for document in held_out],
        [ids[i] for i in best],
        [{ids[top], *(ids[i] for i in np.flatnonzero(row))} for top, row in zip(best, chosen, strict=True)],
        probabilities.max(axis=1),
        probabilities.max(axis=1) >= certain,
    )
    arrays: dict[str, NDArray[Any]] = {"head": head.matrix, "head_bias": head.shift, "thresholds": thresholds}
    for name, part in fitted.items():
        arrays |= {f"{name}.{field}": array for field, array in _packed(part).items()}
    description = {
        "name": recipe.name,
        "topics": [{"id": t.id, "vietnamese": t.vietnamese, "english": t.english} for t in map(topic_named, ids)],
        "recipe": recipe.model_dump(),
        "segmenter": segmenter_identity(recipe.segmenter),
        "channels": {
            name: {
                "views": [view.as_dict() for view in part.views],
                "sublinear_tf": recipe.features.sublinear_tf,
                "features": len(part.keys),
                "known_share": part.known_share,
            }
            for name, part in fitted.items()
        },
        "certain": {
            "probability": certain,
            "stated_accuracy": recipe.calibration.certain_accuracy,
            "held_out_share": share,
            "held_out_accuracy": accuracy,
        },
        "corpora": [{"name": corpus.name, "documents": len(corpus), "sha256": corpus.sha256}],
        "metrics": {"held_out": report.as_dict()},
    }
    vocabularies = {name: part.words for name, part in fitted.items()}
    return Trained(description, arrays, vocabularies, report)


def _packed(part: Fitted) -> dict[str, NDArray[Any]]:
    """Return a channel's arrays as they are stored: weights as bytes, with a factor for each topic."""
    scale = np.maximum(np.abs(part.weights).max(axis=0), 1e-12) / 127
    weights = np.rint(part.weights / scale).astype(np.int8)
    return {
        "keys": part.keys,
        "view_of": part.view_of,
        "idf": part.idf,
        "weights": weights,
        "scale": scale,
        "bias": part.bias,
    }


def _corpus(corpus: Corpus | str | Path) -> Corpus:
    return corpus if isinstance(corpus, Corpus) else read_corpus(corpus)
