"""Labelled documents: reading, checking, splitting."""

from vnclf.corpus.document import Corpus, Document
from vnclf.corpus.reading import iter_documents, read_corpus
from vnclf.taxonomy import Topic, load_taxonomy

__all__ = ["Corpus", "Document", "Topic", "iter_documents", "load_taxonomy", "read_corpus"]
