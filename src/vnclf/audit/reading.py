"""Reads a corpus to be audited: as it is, with whatever is wrong with it."""

from vnclf.corpus.document import Corpus
from vnclf.corpus.location import Paths, locate
from vnclf.corpus.reading import corpus_name, iter_documents
from vnclf.errors import CorpusError


def read_as_it_is(
    path: Paths,
    *,
    text_column: str | None = None,
    label_column: str | None = None,
    label_separator: str | None = None,
) -> Corpus:
    """Read a corpus in which texts may be empty, labels missing and topics alone.

    Raises CorpusError, naming file and line, for what cannot be read, and for a corpus of no documents.
    """
    name = corpus_name(locate(path))
    reading = iter_documents(path, text_column=text_column, label_column=label_column, label_separator=label_separator)
    corpus = Corpus(tuple(reading), name)
    if not corpus:
        raise CorpusError(f"{name} holds no documents; name a corpus that does.")
    return corpus
