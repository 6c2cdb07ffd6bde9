"""Measures a trained model beyond its accuracy: what its card tells."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.corpus.document import Corpus, Document
from vnclf.corpus.reading import iter_documents
from vnclf.errors import CorpusError
from vnclf.evaluation.evaluate import accepted_topics, evaluate
from vnclf.evaluation.intervals import Interval, f1_intervals, wilson
from vnclf.evaluation.robustness import out_of_domain, robustness
from vnclf.evaluation.rows import as_row
from vnclf.evaluation.slices import by_confidence, by_length, by_month, by_source, is_right
from vnclf.model.predictor import Predictor
from vnclf.resources import resource
from vnclf.training.data import Corpora, text_digest
from vnclf.training.documents import check_topics
from vnclf.training.recipe import Recipe
from vnclf.training.sections import SectionCorpus, sections_report
from vnclf.training.train import Trained, fit

# Of the documents without a date, this share is set aside when the others are parted by date.
_UNDATED_SHARE = 0.1
# So many documents to test on show what changes of the text do to them.
_CHANGED = 500


def with_measures(
    trained: Trained, brought: Corpora, recipe: Recipe, *, outlets: Sequence[SectionCorpus] = (), jobs: int = 1
) -> Trained:
    """Return the model with everything measured in its description, from which the card is rendered.

    What was `brought` to calibrate and to test on the model was not trained on: the former stands for what it will
    meet. `outlets` are corpora by section, some of whose articles may have been brought with labels of their own.
    Where the recipe has `data.since`, a second model is trained on what is older and tested on what is not, which
    takes as long as the first.
    """
    corpus, test, unlabelled, since = brought.training, brought.test, brought.unlabelled, recipe.data.since
    predictor, metrics = trained.predictor(), dict(trained.description["metrics"])
    if outlets:
        labels = {text_digest(document.text): document.topic for document in corpus}
        trained_on = {*labels, *(text_digest(document.text) for document in unlabelled)}
        labels |= {text_digest(document.text): document.topic for document in test or ()}
        metrics["sections"] = sections_report(predictor, outlets, trained_on, labels)
    if brought.calibration is not None:
        others = test and Corpus(tuple(Random(recipe.seed).sample(test.documents, min(len(test), _CHANGED))), test.name)
        metrics["measured"] = measure_model(predictor, brought.calibration, others)
    if since is not None:
        metrics["time_split"] = time_split_report(corpus, recipe, since, unlabelled=unlabelled, jobs=jobs)
    return replace(trained, description={**trained.description, "metrics": metrics})


def measure_model(predictor: Predictor, labelled: Corpus, others: Corpus | None = None) -> dict[str, Any]:
    """Return what documents that were never trained on show of a model, as plain data.

    `labelled` stand for those it will meet; on `others`, which may be longer, robustness is measured as well.
    """
    ids = {topic.id for topic in predictor.topics}
    sets = [
        (corpus.name, [document for document in corpus if document.topic in ids])
        for corpus in (labelled, others)
        if corpus
    ]
    foreign = list(iter_documents(resource("data/out-of-domain.jsonl"), label_column="kind"))
    return {
        "name": labelled.name,
        "sha256": labelled.sha256,
        **_figures(predictor, sets[0][1]),
        "robustness": [
            {"name": name, "documents": len(documents), "rows": list(map(as_row, robustness(predictor, documents)))}
            for name, documents in sets
        ],
        "out_of_domain": list(map(as_row, out_of_domain(predictor, foreign))),
        "examples": _examples(predictor),
    }


def time_split_report(
    corpus: Corpus, recipe: Recipe, since: str, *, unlabelled: Sequence[Document] = (), jobs: int = 1
) -> dict[str, Any]:
    """Train on documents dated before `since` and return what the later ones show, as plain data.

    Word vectors learn from those `unlabelled` documents, too, that are not dated later.
    Documents have their ISO date in the field `date`. Those without one are held to be old, as archives
    are; one of ten of them, drawn by the recipe's seed, is set aside and reported by source and length
    only. Nothing is calibrated on what is tested, so probabilities are not reported.
    """
    older, newer, archive = _parted_by_date(corpus, since, recipe.seed)
    texts = [document.text for document in unlabelled if document.date < since]
    known = Corpus(tuple(older), f"{corpus.name} before {since}")
    predictor = fit(known, recipe, jobs=jobs, unlabelled=texts).predictor()
    ids = {topic.id for topic in predictor.topics}
    newer, archive = ([document for document in part if document.topic in ids] for part in (newer, archive))
    report = evaluate(predictor, newer)
    tested = [*newer, *archive]
    right = _right(tested, _topics(predictor, tested))
    return {
        "since": since,
        "trained_on": len(older),
        "documents": len(newer),
        "archive": len(archive),
        **{name: round(getattr(report, name), 6) for name in ("accuracy", "macro_f1", "within_topics")},
        "accuracy_interval": _pair(wilson(round(report.accuracy * len(newer)), len(newer))),
        "topics": report.as_dict()["topics"],
        "months": list(map(as_row, by_month(right, [document.date for document in tested]))),
        "lengths": list(map(as_row, by_length(right, [document.text for document in tested]))),
        "sources": list(map(as_row, by_source(right, tested))),
    }


def check_dates(corpus: Corpus, recipe: Recipe, since: str) -> None:
    """Raise CorpusError, before any work, for a corpus of which no model can be trained before `since` and tested."""
    older, newer, _ = _parted_by_date(corpus, since, recipe.seed)
    try:
        check_topics(Corpus(tuple(older), f"{corpus.name} before {since}"), recipe)
    except CorpusError as error:
        raise CorpusError(f"Of what is older than the recipe's data.since, {since}: {error}") from error
    topics = {document.topic for document in older} - {recipe.outside}
    if not any(document.topic in topics for document in newer):
        raise CorpusError(
            f"No document of {corpus.name} with a topic of the older ones has a date from {since} on, "
            "the recipe's data.since; give an earlier one."
        )


def _parted_by_date(corpus: Corpus, since: str, seed: int) -> tuple[list[Document], list[Document], list[Document]]:
    """Return the older documents, the newer ones, and those without date that are set aside."""
    undated = [place for place, document in enumerate(corpus) if not (document.date or document.supplement)]
    aside = set(Random(seed).sample(undated, round(_UNDATED_SHARE * len(undated))))
    older: list[Document] = []
    newer: list[Document] = []
    archive: list[Document] = []
    for place, document in enumerate(corpus):
        recent = document.date >= since and not document.supplement
        part = archive if place in aside else newer if recent else older
        part.append(document)
    return older, newer, archive


def _figures(predictor: Predictor, documents: Sequence[Document]) -> dict[str, Any]:
    """Return figures with intervals, the reliability table, and accuracy by month and length."""
    predictions = predictor.predict_many([document.text for document in documents])
    predicted = [prediction.topic for prediction in predictions]
    right = _right(documents, predicted)
    # As in `measure`: where a second reading was met, the document counts as one of its topic.
    truth = [p if ok else d.topic for p, ok, d in zip(predicted, right.tolist(), documents, strict=True)]
    intervals = f1_intervals(truth, predicted)
    probabilities = np.array([prediction.probability for prediction in predictions])
    return {
        "documents": len(documents),
        "accuracy": round(float(right.mean()), 6),
        "accuracy_interval": _pair(wilson(int(right.sum()), len(right))),
        "macro_f1_interval": _pair(intervals.macro),
        "f1_intervals": {topic: _pair(interval) for topic, interval in intervals.topics.items()},
        "reliability": list(map(as_row, by_confidence(right, probabilities))),
        "months": list(map(as_row, by_month(right, [document.date for document in documents]))),
        "lengths": list(map(as_row, by_length(right, [document.text for document in documents]))),
    }


def _examples(predictor: Predictor) -> list[dict[str, Any]]:
    """Return what the model says of the hard headlines whose topic it knows, with that topic."""
    ids = {topic.id for topic in predictor.topics}
    documents = [d for d in iter_documents(resource("data/hard-headlines.jsonl")) if d.topic in ids]
    return [
        {
            "text": document.text,
            "topic": document.topic,
            "predicted": prediction.topic,
            "probability": round(prediction.probability, 6),
            "certain": prediction.certain,
        }
        for document, prediction in zip(documents, predictor.predict_many([d.text for d in documents]), strict=True)
    ]


def _topics(predictor: Predictor, documents: Sequence[Document]) -> list[str]:
    return [prediction.topic for prediction in predictor.predict_many([document.text for document in documents])]


def _right(documents: Sequence[Document], predicted: Sequence[str]) -> NDArray[np.bool_]:
    return is_right([accepted_topics(document) for document in documents], predicted)


def _pair(interval: Interval) -> list[float]:
    return [round(value, 6) for value in interval]
