"""Compiles the installed underthesea's word segmenter into tables, once, and keeps them on disk."""

import hashlib
import importlib.metadata
import importlib.util
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TypeVar

import numpy as np

from vnclf.progress import spinner
from vnclf.storage import cache_folder, write_folder
from vnclf.text.crf_tables import CrfTables, UnknownModelError, build_tables
from vnclf.text.crfsuite import read_crfsuite
from vnclf.text.ties import ExactWeights
from vnclf.text.tokenizer import TokenizerRules, make_linear

T = TypeVar("T", CrfTables, ExactWeights)

# Raised when the tables' layout or meaning changes, so that tables of older versions are not read.
_FORMAT = 3

_SOURCES = (
    "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/models.bin",
    "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/features.bin",
    "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/dictionary.bin",
    "pipeline/text_normalize/tn_rules_2023_07_14.bin",
    "pipeline/word_tokenize/regex_tokenize.py",
    "pipeline/text_normalize/token_normalize.py",
    "pipeline/text_normalize/character_normalize.py",
)


class UnknownUndertheseaError(Exception):
    """The installed underthesea has other files, or other contents, than the tables can express."""


@dataclass(frozen=True)
class Compiled:
    """What the fast segmenter needs, with the version and fingerprint of the underthesea it came from."""

    version: str
    fingerprint: str
    rules: TokenizerRules
    tables: CrfTables
    exact: ExactWeights
    templates: list[str]


def load_compiled() -> Compiled:
    """Return the tables of the installed underthesea, from the cache or freshly compiled.

    Raises UnknownUndertheseaError when underthesea's files are not those this code knows.
    """
    root = _package_root()
    version = importlib.metadata.version("underthesea")
    fingerprint = _fingerprint(root)
    folder = cache_folder() / "segmenter" / f"underthesea-{version}-{fingerprint[:16]}-{_FORMAT}"
    try:
        return _read(folder, version, fingerprint)
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        pass  # not compiled yet, or damaged: compiling again mends both
    with spinner("Compiling the word segmenter's tables (once)"):
        compiled = _compile(root, version, fingerprint)
    with suppress(OSError):  # a read-only cache folder only means compiling again next time
        write_folder(folder, lambda target: _write(target, compiled))
    return compiled


def _package_root() -> Path:
    spec = importlib.util.find_spec("underthesea")
    if spec is None or spec.origin is None:
        raise UnknownUndertheseaError("underthesea is not installed")
    return Path(spec.origin).parent


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256()
    for source in _SOURCES:
        try:
            digest.update((root / source).read_bytes())
        except OSError as error:
            raise UnknownUndertheseaError(f"underthesea's file {source} cannot be read") from error
    return digest.hexdigest()


def _compile(root: Path, version: str, fingerprint: str) -> Compiled:
    import joblib

    with quiet_logging():
        from underthesea.pipeline.word_tokenize import regex_tokenize
    model, features, dictionary, rules = _SOURCES[:4]
    try:
        crf = read_crfsuite((root / model).read_bytes())
        words, templates = joblib.load(root / dictionary), list(joblib.load(root / features))
        tables, exact = build_tables(crf, words, templates), ExactWeights.build(crf, words)
        maps = joblib.load(root / rules)
        pattern = make_linear(regex_tokenize.regex_patterns_combine)
        tokenizer = TokenizerRules(pattern, dict(maps["character"]), dict(maps["token"]))
    except (ValueError, KeyError, TypeError, AttributeError, UnknownModelError) as error:
        raise UnknownUndertheseaError(f"underthesea {version} is not known: {error}") from error
    return Compiled(version, fingerprint, tokenizer, tables, exact, templates)


@contextmanager
def quiet_logging() -> Iterator[None]:
    """Leave the root logger as it is: importing underthesea attaches a handler to it and sets its level."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def _write(folder: Path, compiled: Compiled) -> None:
    for part in (compiled.tables, compiled.exact):
        for field in fields(part):
            np.save(folder / f"{type(part).__name__}.{field.name}.npy", getattr(part, field.name), allow_pickle=False)
    data = {**asdict(compiled.rules), "templates": compiled.templates}
    (folder / "tokenizer.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _read(folder: Path, version: str, fingerprint: str) -> Compiled:
    def load(part: type[T]) -> T:
        names = [field.name for field in fields(part)]
        files = (folder / f"{part.__name__}.{name}.npy" for name in names)
        return part(*(np.asarray(np.load(file, mmap_mode="r")) for file in files))  # plain views of the maps: quicker

    data = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    templates = data.pop("templates")
    return Compiled(version, fingerprint, TokenizerRules(**data), load(CrfTables), load(ExactWeights), templates)
