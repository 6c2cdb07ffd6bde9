from pathlib import Path

import joblib
import numpy as np
import pytest

from vnclf import ModelError, Predictor
from vnclf.corpus import Corpus
from vnclf.model.folder import read_model
from vnclf.model.predictor import find_model
from vnclf.text.segmenters import get_segmenter
from vnclf.training.export import as_pipeline, export_joblib
from vnclf.training.recipe_files import read_recipe
from vnclf.training.train import fit


def test_the_pipeline_gives_the_predictors_probabilities(sample: Corpus, model: Path, tmp_path: Path) -> None:
    texts = [*sample.texts[::4], "Một câu ngắn.", "a_b c@d.vn 2.000 đồng - 5 % (TP.HCM) 😀"]
    export_joblib(model, tmp_path / "pipeline.joblib")
    pipeline = joblib.load(tmp_path / "pipeline.joblib")
    words = get_segmenter("fast", for_topics=True).segment(texts).words()
    segmented = [" ".join(word.replace(" ", "_") for word in document) for document in words]
    predictor = Predictor.load(model)
    ours = np.array([p.probabilities for p in predictor.predict_many(texts, page=False)])
    assert np.abs(pipeline.predict_proba(segmented) - ours).max() < 1e-6
    assert pipeline.classes_.tolist() == [topic.id for topic in predictor.topics]


def test_the_shipped_model_exports_its_topics_only() -> None:
    pipeline = as_pipeline(read_model(find_model("news")))
    predictor = Predictor.load("news")
    assert pipeline.classes_.tolist() == [topic.id for topic in predictor.topics]
    text = "Hội người Việt Nam tại Cộng hòa Séc mở lớp dạy tiếng Việt cho con em kiều bào ở Praha"
    words = get_segmenter("fast", for_topics=True).segment([text]).words()[0]
    found = pipeline.predict_proba([" ".join(word.replace(" ", "_") for word in words)])[0]
    assert np.abs(found - predictor.predict(text).probabilities).max() < 1e-6


def test_a_pipeline_reads_no_more_of_a_text_than_the_model(sample: Corpus, tmp_path: Path) -> None:
    changes = ["features.first_tokens=30", "features.words={openings={12=0.5,9=0.4}}", "validation.folds=2"]
    trained = fit(sample, read_recipe("sample", changes))
    pipeline = as_pipeline(read_model(trained.save(tmp_path / "model")))
    words = get_segmenter("fast", for_topics=True).segment(sample.texts[::3]).words()
    segmented = [" ".join(word.replace(" ", "_") for word in document) for document in words]
    ours = [p.probabilities for p in trained.predictor().predict_many(sample.texts[::3], page=False)]
    assert np.abs(pipeline.predict_proba(segmented) - np.array(ours)).max() < 1e-6


@pytest.mark.parametrize("name", [".", "file/x.joblib"])
def test_a_place_that_cannot_be_written(model: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(ModelError, match="The pipeline cannot be written to "):
        export_joblib(model, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
