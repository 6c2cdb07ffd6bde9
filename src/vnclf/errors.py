"""The one family of errors that a user's mistake raises."""


class VnclfError(Exception):
    """Base of every error whose message is written for the user: one sentence, the value, what to do."""


class CorpusError(VnclfError):
    """A corpus cannot be read or cannot be trained on."""


class ModelError(VnclfError):
    """A model folder is missing, damaged, foreign or made by another format."""


class RecipeError(VnclfError):
    """A recipe is not valid."""


class InputError(VnclfError):
    """Something to be predicted, segmented or cleaned is not usable text."""
