"""What the tests share: a cache of their own, the corpora where they are, a small model, a store of objects."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import joblib
import pytest

from vnclf.corpus import Corpus, read_corpus
from vnclf.model.predictor import Predictor
from vnclf.resources import resource
from vnclf.training.recipe import Recipe
from vnclf.training.recipe_files import read_recipe
from vnclf.training.train import Trained, fit

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def corpora() -> Path:
    folder = Path(os.environ.get("VNCLF_CORPORA", ROOT.parent / "shared" / "corpora"))
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; VNCLF_CORPORA names their folder")
    return folder


@pytest.fixture(scope="session")
def sample() -> Corpus:
    return read_corpus(resource("data/news-sample.jsonl"))


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """A quick recipe with every kind of view."""
    views = ["features.characters={shortest=2,longest=3,weight=0.5}", "validation.folds=2"]
    views += ["features.syllables={openings={12=0.4}}", "without_diacritics.syllables={openings={12=0.4}}"]
    return read_recipe("sample", [*views, "features.max_features=6000", "without_diacritics.max_features=4000"])


@pytest.fixture
def shared_work(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let processes share the least work, and remember none; the list is of the numbers of processes asked for."""
    monkeypatch.setattr("vnclf.training.cache.remembered", lambda *given: given[-1]())
    monkeypatch.setattr("vnclf.training.segmentation._BATCHES_A_TASK", 1)
    monkeypatch.setattr("vnclf.training.segmentation._FEW_TASKS", 0)
    monkeypatch.setattr("vnclf.training.linear._LITTLE_WORK", 0)
    asked: list[int] = []

    class Watched(joblib.Parallel):  # type: ignore[misc]  # joblib has no types
        def __init__(self, n_jobs: int, **options: Any) -> None:
            asked.append(n_jobs)
            super().__init__(n_jobs=n_jobs, **options)

    monkeypatch.setattr(joblib, "Parallel", Watched)
    return asked


@pytest.fixture(scope="session")
def trained(sample: Corpus, recipe: Recipe) -> Trained:
    return fit(sample, recipe)


@pytest.fixture(scope="session")
def model(trained: Trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trained.save(tmp_path_factory.mktemp("model") / "small")


@pytest.fixture(scope="session")
def predictor(model: Path) -> Predictor:
    return Predictor.load(model)


@pytest.fixture(scope="session")
def bucket() -> Iterator[tuple[str, str]]:
    """The beginning and the options of the addresses of an empty S3 bucket on the loopback interface."""
    pytest.importorskip("pyarrow")
    server_module = pytest.importorskip("moto.server")
    import logging

    from pyarrow import fs

    logging.getLogger("werkzeug").disabled = True
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = f"?scheme=http&endpoint_override={host}:{port}&region=us-east-1&allow_bucket_creation=true"
    filesystem, name = fs.FileSystem.from_uri(f"s3://key:secret@news{options}")
    filesystem.create_dir(name)
    yield "s3://key:secret@news", options
    server.stop()
