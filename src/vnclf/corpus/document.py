"""A labelled document, and a corpus of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from vnclf.corpus.dates import parse_date


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its topics, primary topic first; `fields` holds whatever else its row had.

    In training it counts `weight` times; a `supplement` is trained on and never measured on. `source` is the
    file or folder it was read from, by its name and its folder's: "news19/train".
    """

    text: str
    topics: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    place: str = ""  # file and line, for messages
    weight: float = 1.0
    supplement: bool = False
    source: str = ""

    @property
    def topic(self) -> str:
        """The primary topic."""
        return self.topics[0]

    @property
    def date(self) -> str:
        """The day in the field `date`, such as "2026-05-31"; "" where there is none, or none that is understood."""
        found = parse_date(self.fields.get("date"))
        return found.date().isoformat() if found else ""


@dataclass(frozen=True)
class Corpus(Sequence[Document]):
    """Labelled documents, in the order of their files.

    `skipped` counts documents left out because they are no use, `unmapped` those whose label the
    label map gives no topic.
    """

    documents: tuple[Document, ...]
    name: str = "corpus"
    skipped: int = 0
    unmapped: int = 0

    def __len__(self) -> int:
        return len(self.documents)

    def __getitem__(self, index: Any) -> Any:
        return self.documents[index]

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    @cached_property
    def texts(self) -> list[str]:
        """The texts of all documents."""
        return [document.text for document in self.documents]

    @cached_property
    def labels(self) -> list[str]:
        """The primary topic of every document."""
        return [document.topic for document in self.documents]

    @cached_property
    def sha256(self) -> str:
        """A digest of the texts and topics, in order: the same for the same documents in any file format."""
        digest = sha256()
        for document in self.documents:
            digest.update("\x1f".join([document.text, *document.topics]).encode("utf-8", "surrogatepass") + b"\x1e")
        return digest.hexdigest()
