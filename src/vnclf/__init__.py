"""Finds the topic of Vietnamese text."""

from typing import TYPE_CHECKING

from vnclf.errors import CorpusError, InputError, ModelError, RecipeError, VnclfError
from vnclf.text import segment, segment_many

if TYPE_CHECKING:
    from vnclf.model.prediction import Prediction
    from vnclf.model.predictor import Predictor
    from vnclf.training.classifier import TopicClassifier
    from vnclf.training.train import train

__version__ = "0.1.0"

__all__ = [
    "CorpusError",
    "InputError",
    "ModelError",
    "Prediction",
    "Predictor",
    "RecipeError",
    "TopicClassifier",
    "VnclfError",
    "segment",
    "segment_many",
    "train",
]

# Imported on first use: a service that predicts never loads scikit-learn, and --help loads nothing.
_HOMES = {
    "Prediction": "vnclf.model.prediction",
    "Predictor": "vnclf.model.predictor",
    "TopicClassifier": "vnclf.training.classifier",
    "train": "vnclf.training.train",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
