"""Measures a model on labelled documents."""

from collections.abc import Sequence

import numpy as np

from vnclf.corpus.document import Document
from vnclf.errors import CorpusError
from vnclf.evaluation.metrics import Report, measure
from vnclf.model.predictor import Predictor
from vnclf.progress import progress


def evaluate(predictor: Predictor, documents: Sequence[Document], *, jobs: int = 1) -> Report:
    """Predict the documents and compare with their labels.

    Where a document has a field `annotations` (a list of topic lists, one a reader), its prediction is
    right when it equals the first topic of any of them. Raises CorpusError when no document has a
    topic that the model knows.
    """
    known = {topic.id for topic in predictor.topics}
    if not any(known & set(document.topics) for document in documents):
        raise CorpusError(
            f"No document has a topic that the model knows; the model's topics are {', '.join(sorted(known))}."
        )
    predictions = []
    with progress("Predicting", len(documents)) as tick:
        for prediction in predictor.stream([document.text for document in documents], jobs=jobs):
            predictions.append(prediction)
            tick()
    return measure(
        [document.topics for document in documents],
        [accepted_topics(document) for document in documents],
        [prediction.topic for prediction in predictions],
        [prediction.topics for prediction in predictions],
        np.array([prediction.probability for prediction in predictions]),
        np.array([prediction.certain for prediction in predictions]),
    )


def accepted_topics(document: Document) -> set[str]:
    """Return the primary topics that readers gave a document."""
    return {document.topic, *(reading[0] for reading in readings_of(document) if reading)}


def readings_of(document: Document) -> list[list[str]]:
    """Return the topic lists in `annotations`; a column of that name that holds anything else is the user's own."""
    found = document.fields.get("annotations")
    several = found if isinstance(found, list) and all(isinstance(reading, list) for reading in found) else []
    return several if all(isinstance(topic, str) for reading in several for topic in reading) else []
