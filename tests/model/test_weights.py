import lzma
from pathlib import Path

import numpy as np
import pytest

from vnclf import Predictor
from vnclf.model.channel import Channel
from vnclf.model.folder import read_model, write_model
from vnclf.model.weights import Weights, pack_weights
from vnclf.training.export import as_pipeline


@pytest.mark.parametrize("n_classes", [1, 2, 3, 19, 20])
def test_weights_come_back_within_half_a_unit(n_classes: int) -> None:
    weights = np.random.default_rng(3).normal(0, 0.01, (500, n_classes)).clip(-1, 1)
    weights[:250] *= 10
    packed, units = pack_weights(weights)
    assert packed.shape == (500, (n_classes + 1) // 2)
    order = np.random.default_rng(4).permutation(500)
    taken = Weights(packed, units, n_classes).take(order)
    assert taken.shape == (500, n_classes)
    assert np.all(np.abs(taken - weights[order]) <= 0.505 * units[order, None])
    assert np.allclose(np.abs(taken).max(axis=1), np.abs(weights[order]).max(axis=1), rtol=0.001, atol=0.0001)


def test_weights_of_nothing_and_of_next_to_nothing() -> None:
    packed, units = pack_weights(np.array([[0.0, 0.0], [1.0, -1.0], [1e-9, -1e-9]]))
    assert np.allclose(Weights(packed, units, 2).take(np.arange(3)), [[0, 0], [1, -1], [0, 0]], atol=0.001)
    assert Weights(*pack_weights(np.empty((0, 3))), 3).take(np.arange(0)).shape == (0, 3)


@pytest.mark.parametrize("n_classes", [2, 19])
def test_sums_of_runs_are_those_of_the_weights(n_classes: int) -> None:
    random = np.random.default_rng(5)
    weights = Weights(*pack_weights(random.normal(0, 0.1, (50, n_classes)).clip(-1, 1)), n_classes)
    values, features, ends = random.random(30), random.integers(50, size=30), [0, 12, 12, 30]
    expected = [values[a:b] @ weights.take(features[a:b]) for a, b in ((0, 0), (0, 12), (12, 12), (12, 30))]
    assert np.allclose(weights.sums(values, features, ends), expected, rtol=0, atol=1e-12)


def test_models_of_format_1_are_read(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = read_model(model)
    description = {key: value for key, value in folder.description.items() if key not in ("files", "format")}
    arrays = {name: array for name, array in folder.arrays.items() if not name.endswith(".units")}
    for name in description["channels"]:
        channel = Channel.of(folder, name)
        weights = channel.weights.take(np.arange(len(channel.keys))) * channel.scale
        scale = np.abs(weights).max(axis=0) / 127
        bytes_each = np.rint(weights / scale).astype(np.int8)
        arrays |= {f"{name}.weights": bytes_each, f"{name}.scale": scale, f"{name}.idf": channel.idf.astype(np.float32)}
    monkeypatch.setattr("vnclf.model.folder.FORMAT", 1)
    write_model(tmp_path / "old", description, arrays, {}, "")
    monkeypatch.undo()
    for name in description["channels"]:
        words = "\n".join(folder.vocabulary(name)).encode()
        (tmp_path / "old" / f"{name}.vocabulary.txt.xz").write_bytes(lzma.compress(words))

    assert read_model(tmp_path / "old").description["format"] == 1
    texts = ["Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình", "Gia vang trong nuoc sang nay tang manh"]
    old, new = Predictor.load(tmp_path / "old"), Predictor.load(model)
    assert [p.topic for p in old.predict_many(texts)] == [p.topic for p in new.predict_many(texts)]
    assert np.allclose(old.scores(texts), new.scores(texts), atol=0.2)
    assert old.explain(texts[0]).contributions[0].words == new.explain(texts[0]).contributions[0].words
    assert as_pipeline(read_model(tmp_path / "old"))[-1].coef_.shape == as_pipeline(folder)[-1].coef_.shape
