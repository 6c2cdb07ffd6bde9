"""Puts fitted channels together to a model: its arrays, its description, its figures."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclf.corpus.document import Corpus
from vnclf.evaluation.evaluate import accepted_topics
from vnclf.evaluation.metrics import Report, measure
from vnclf.evaluation.rows import as_row
from vnclf.evaluation.slices import by_length, by_source, is_right
from vnclf.model.judge import softmax
from vnclf.model.weights import pack_weights
from vnclf.taxonomy import topic_named
from vnclf.text.segmenters import segmenter_identity
from vnclf.training.calibration import certain_threshold, fit_topic_sets
from vnclf.training.documents import TrainingSet
from vnclf.training.fitting import Fitted
from vnclf.training.recipe import Recipe


def assemble(
    corpus: Corpus, recipe: Recipe, documents: TrainingSet, fitted: dict[str, Fitted]
) -> tuple[dict[str, Any], dict[str, NDArray[Any]], Report]:
    """Return a model's description, its arrays, and the report on the held-out documents."""
    ids = documents.topics
    inside = documents.labels[fitted["text"].held_out] < len(ids)
    numbers, scores = fitted["text"].held_out[inside], fitted["text"].scores[inside][:, : len(ids)]
    probabilities = softmax(scores)
    best, top = probabilities.argmax(axis=1), probabilities.max(axis=1)
    held_out = [corpus[number] for number in numbers.tolist()]
    accepted, predicted = [accepted_topics(document) for document in held_out], [ids[place] for place in best]
    right = is_right(accepted, predicted)
    certain, share, accuracy = certain_threshold(top, right, recipe.calibration.certain_accuracy)
    head, thresholds = fit_topic_sets(scores, documents.present[numbers, : len(ids)])
    chosen = 1 / (1 + np.exp(-head(scores))) >= thresholds
    report = measure(
        [document.topics for document in held_out],
        accepted,
        predicted,
        [{topic, *(ids[i] for i in np.flatnonzero(row))} for topic, row in zip(predicted, chosen, strict=True)],
        top,
        top >= certain,
    )
    arrays: dict[str, NDArray[Any]] = {"head": head.matrix, "head_bias": head.shift, "thresholds": thresholds}
    for name, part in fitted.items():
        arrays |= {f"{name}.{field}": array for field, array in _packed(part).items()}
    description = {
        "name": recipe.name,
        "topics": [{"id": t.id, "vietnamese": t.vietnamese, "english": t.english} for t in map(topic_named, ids)],
        "recipe": recipe.model_dump(mode="json"),
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
            "measured_share": share,
            "measured_accuracy": accuracy,
        },
        "corpora": [
            {
                "name": corpus.name,
                "documents": len(corpus),
                "supplements": int(documents.supplements.sum()),
                "sha256": corpus.sha256,
            }
        ],
        "metrics": {
            "held_out": report.as_dict()
            | {
                "sources": list(map(as_row, by_source(right, held_out))),
                "lengths": list(map(as_row, by_length(right, [document.text for document in held_out]))),
            }
        },
    }
    return description, arrays, report


def _packed(part: Fitted) -> dict[str, NDArray[Any]]:
    """Return a channel's arrays as they are stored."""
    largest = max(float(np.abs(part.weights).max(initial=0)), 1e-12)
    packed, units = pack_weights(part.weights / largest)
    return {
        "keys": part.keys,
        "view_of": part.view_of,
        "idf": part.idf.astype(np.float16),
        "weights": packed,
        "units": units,
        "scale": np.full(len(part.bias), largest),
        "bias": part.bias,
    }
