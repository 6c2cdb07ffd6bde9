"""Which texts are not Vietnamese as it is written."""

import pytest

from vnclf.audit.language import language_of
from vnclf.corpus import Corpus
from vnclf.text.lexicon import strip_diacritics

OTHERS = [
    "The national team won the match on Sunday after a long fight in the rain, and the fans went home happy.",
    "Le président de la République a dit hier qu'il irait à Hanoï en mai, là où il est déjà allé deux fois.",
    "El presidente dijo ayer que viajará a Hanói en mayo para la visita de Estado, donde ya ha estado dos veces.",
    "Der Kanzler sagte gestern, er werde im Mai nach Hanoi reisen, um über Handel und Verkehr zu reden.",
    "Президент вчера сказал, что в мае он поедет в Ханой с визитом",
]


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages(text: str) -> None:
    assert language_of(text) == "another language"


def test_the_bundled_corpus_with_diacritics_and_without(sample: Corpus) -> None:
    assert {language_of(text) for text in sample.texts} == {"vietnamese"}
    assert {language_of(strip_diacritics(text)) for text in sample.texts} == {"no diacritics"}


def test_foreign_names_are_no_other_language() -> None:
    assert language_of("Man City thua Aston Villa trận cuối dưới trướng Pep Guardiola ở vòng 38") == "vietnamese"


@pytest.mark.parametrize("text", ["", "Man City 2-1 Arsenal", "1 2 3 4 5 6 7", "a" * 10_000])
def test_few_words_tell_nothing(text: str) -> None:
    assert language_of(text) is None
