"""Adjusts a trained model to documents that stand for those it will meet.

What a model is trained on is often chosen: the rare and the hard on purpose. Probabilities learnt from
such documents are too low for the stream of the day. A few hundred documents of that stream, never
trained on, put it right: they change three numbers, not the weights.
"""

from dataclasses import replace

import numpy as np

from vnclf.corpus.document import Corpus
from vnclf.evaluation.evaluate import accepted_topics, evaluate
from vnclf.model.judge import softmax
from vnclf.training.calibration import best_shift, certain_threshold, fit_probabilities
from vnclf.training.recipe import Recipe
from vnclf.training.train import Trained, with_report


def adjust(trained: Trained, corpus: Corpus, recipe: Recipe) -> Trained:
    """Return the model with temperature, topic-set shift and "certain" threshold fitted to `corpus`."""
    predictor = trained.predictor()
    ids = [topic.id for topic in predictor.topics]
    known = [document for document in corpus if document.topic in ids]
    scores = predictor.scores([document.text for document in known])
    accepted = [accepted_topics(document) for document in known]
    best = scores.argmax(axis=1).tolist()
    # A prediction that one of the readers made is right; otherwise the first reader's topic is.
    topics = [ids[b] if ids[b] in a else d.topic for b, a, d in zip(best, accepted, known, strict=True)]
    labels = np.array([ids.index(topic) for topic in topics])
    temperature = float(fit_probabilities(scores, labels, "temperature").matrix[0, 0])

    arrays = dict(trained.arrays)
    for name in trained.description["channels"]:
        arrays[f"{name}.scale"] = arrays[f"{name}.scale"] * temperature
        arrays[f"{name}.bias"] = arrays[f"{name}.bias"] * temperature
    arrays["head"] = arrays["head"] / temperature
    present = np.array([[topic in document.topics for topic in ids] for document in known])
    odds = scores * temperature @ arrays["head"] + arrays["head_bias"]
    arrays["head_bias"] = arrays["head_bias"] + best_shift(odds, present, arrays["thresholds"])

    top = softmax(scores * temperature).max(axis=1)
    right = labels == best
    certain, share, accuracy = certain_threshold(top, right, recipe.calibration.certain_accuracy)
    description = {
        **trained.description,
        "certain": {
            "probability": certain,
            "stated_accuracy": recipe.calibration.certain_accuracy,
            "measured_share": share,
            "measured_accuracy": accuracy,
        },
    }
    adjusted = replace(trained, description=description, arrays=arrays)
    adjusted = replace(adjusted, calibrated=evaluate(adjusted.predictor(), known))
    return with_report(adjusted, "calibration", corpus, adjusted.calibrated)
