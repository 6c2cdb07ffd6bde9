import hashlib
import json
import lzma
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vnclf import ModelError, Predictor
from vnclf.model.folder import FORMAT, check_target, read_model, write_model


@pytest.fixture
def copy(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "copy"))


def change(file: Path, place: int = 200) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)


def test_a_model_folder_explains_itself(model: Path) -> None:
    description = json.loads((model / "model.json").read_text(encoding="utf-8"))
    assert description["format"] == FORMAT
    assert {"topics", "recipe", "segmenter", "metrics", "corpora", "files", "checksum"} <= set(description)
    assert set(description["files"]) | {"model.json", "README.md"} == {file.name for file in model.iterdir()}


def test_vocabulary_stands_in_the_order_of_its_rows(model: Path) -> None:
    folder = read_model(model)
    for channel, entry in folder.description["channels"].items():
        assert len(folder.vocabulary(channel)) == entry["features"] == len(folder.arrays[f"{channel}.keys"])


@pytest.mark.parametrize("number", [1, 2])
def test_vocabularies_of_older_formats_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr("vnclf.model.folder.FORMAT", number)
    write_model(tmp_path / "old", {}, {}, {}, "")
    monkeypatch.undo()
    (tmp_path / "old" / "text.vocabulary.txt.xz").write_bytes(lzma.compress("bệnh_viện\nđội".encode()))
    assert read_model(tmp_path / "old").vocabulary("text") == ["bệnh_viện", "đội"]


@pytest.mark.parametrize("name", ["text.weights.npy", "text.keys.npy", "text.vocabulary.txt.bz2", "head.npy"])
def test_one_byte_changed(copy: Path, name: str) -> None:
    change(copy / name, -1)
    with pytest.raises(ModelError, match=f"{name} is not the file"):
        Predictor.load(copy)


def test_a_file_missing_or_cut(copy: Path) -> None:
    (copy / "text.idf.npy").write_bytes((copy / "text.idf.npy").read_bytes()[:500])
    with pytest.raises(ModelError, match=r"text\.idf\.npy is not the file"):
        Predictor.load(copy)
    (copy / "text.idf.npy").unlink()
    with pytest.raises(ModelError, match=r"text\.idf\.npy is missing"):
        Predictor.load(copy)


def test_an_edited_description(copy: Path) -> None:
    file = copy / "model.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"seed": 13', '"seed": 14'), encoding="utf-8")
    with pytest.raises(ModelError, match=r"model\.json was changed"):
        Predictor.load(copy)


def test_an_edited_card_is_no_matter(copy: Path) -> None:
    (copy / "README.md").write_text("mine", encoding="utf-8")
    assert Predictor.load(copy).topics


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "not valid JSON"), ("[]", "does not describe"), ('{"format": 99}', "format 99.*upgrade"), ("\xff", "JSON")],
)
def test_a_description_that_is_none(copy: Path, text: str, message: str) -> None:
    (copy / "model.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ModelError, match=message):
        Predictor.load(copy)


def test_a_description_without_files(tmp_path: Path) -> None:
    content = {"format": FORMAT, "topics": []}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    content["checksum"] = hashlib.sha256(canonical.encode()).hexdigest()
    (tmp_path / "model.json").write_text(json.dumps(content), encoding="utf-8")
    said = r"model\.json does not list the model's files; restore the folder or train it again\.$"
    with pytest.raises(ModelError, match=said):
        read_model(tmp_path)


def test_no_model_at_all(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no model"):
        Predictor.load(tmp_path / "none")
    with pytest.raises(ModelError, match=r"has no model\.json"):
        Predictor.load(tmp_path)


def test_a_model_with_a_part_missing(tmp_path: Path) -> None:
    write_model(tmp_path / "m", {"topics": []}, {"head": np.zeros(3)}, {}, "card")
    with pytest.raises(ModelError, match="lacks a part"):
        Predictor.load(tmp_path / "m")


def test_another_segmenter_is_said(model: Path, tmp_path: Path) -> None:
    folder = read_model(model)
    description = {k: v for k, v in folder.description.items() if k not in ("format", "files")}
    description["segmenter"] = {**description["segmenter"], "version": "1.0"}
    vocabularies = {name: folder.vocabulary(name) for name in description["channels"]}
    write_model(tmp_path / "old", description, folder.arrays, vocabularies, "card")
    with pytest.warns(RuntimeWarning, match=r"trained with underthesea 1\.0"):
        Predictor.load(tmp_path / "old")


def test_half_of_a_surrogate_pair_is_kept(tmp_path: Path) -> None:
    description = {"corpora": [{"name": "tin\udcff.csv"}]}
    write_model(tmp_path / "m", description, {}, {"text": ["a", "b\ud83d"]}, "of tin\udcff.csv")
    folder = read_model(tmp_path / "m")
    assert folder.description["corpora"] == description["corpora"]
    assert folder.vocabulary("text") == ["a", "b\ud83d"]
    assert (tmp_path / "m" / "README.md").read_text(encoding="utf-8") == r"of tin\udcff.csv"


@pytest.mark.parametrize("strange", ["NOTES.md", ".git/HEAD", "thesis.npy"])
def test_what_is_not_the_models_stays(strange: str, copy: Path) -> None:
    (copy / strange).parent.mkdir(exist_ok=True)
    (copy / strange).write_text("mine")
    said = rf"^The model cannot be written to .*copy: it holds '{Path(strange).parts[0]}', which would be lost; name "
    with pytest.raises(ModelError, match=said):
        write_model(copy, {"new": True}, {"a": np.zeros(3)}, {}, "new")
    assert (copy / strange).read_text() == "mine"
    assert read_model(copy).description["name"]


@pytest.mark.parametrize("content", ['{"tfjs": 1}', '{"format": "layers-model", "files": {}}', '{"format": 1}', "{"])
def test_a_foreign_model_stays(content: str, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text(content)
    with pytest.raises(ModelError, match=r"it holds 'model\.json', which would be lost; name another folder\.$"):
        check_target(tmp_path)


@pytest.mark.parametrize("change", ["an edited card", "an edited description", "a file missing", "a newer format"])
def test_a_model_may_be_trained_again(change: str, copy: Path) -> None:
    manifest = copy / "model.json"
    if change == "an edited card":
        (copy / "README.md").write_text("mine")
    elif change == "a file missing":
        (copy / "head.npy").unlink()
    else:
        description = json.loads(manifest.read_text(encoding="utf-8"))
        description |= {"format": FORMAT + 1} if change == "a newer format" else {"seed": 14}
        manifest.write_text(json.dumps(description), encoding="utf-8")
    write_model(copy, {"new": True}, {"a": np.zeros(3)}, {}, "new")
    assert {path.name for path in copy.iterdir()} == {"a.npy", "model.json", "README.md"}


KILLED = """
import os, sys
from pathlib import Path
import numpy as np
from vnclf.model import folder
steps = int(sys.argv[2])
real = np.save
def save(*args, **kwargs):
    global steps
    steps -= 1
    if steps == 0:
        os._exit(9)
    real(*args, **kwargs)
folder.np.save = save
folder.write_model(Path(sys.argv[1]), {"new": True}, {n: np.zeros(9) for n in "abc"}, {}, "new")
"""


@pytest.mark.parametrize("steps", [1, 3, 99])
def test_a_killed_run_leaves_the_old_model_or_the_new(copy: Path, steps: int) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(copy), str(steps)], check=False)
    description = read_model(copy).description
    assert ("new" in description) == (steps == 99)


def test_a_replacement_that_breaks_off_leaves_the_old_model(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = Path.rename, []

    def rename(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr("vnclf.storage._swap", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        write_model(copy, {"new": True}, {"a": np.zeros(3)}, {}, "new")
    assert "new" not in read_model(copy).description


def test_a_failed_write_leaves_nothing_behind(copy: Path) -> None:
    before = sorted(copy.parent.iterdir())
    with pytest.raises(ValueError, match="pickle"):
        write_model(copy, {}, {"a": np.array([object()])}, {}, "")
    assert sorted(copy.parent.iterdir()) == before
    assert read_model(copy).description["name"]
