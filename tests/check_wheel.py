"""Builds the wheel, installs it alone in a clean environment, and predicts with it."""

import json
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = "Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình, tiền đạo ghi bàn ở phút bù giờ"


def main() -> None:
    """Fail with a message where the wheel is not the product."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wheel = build(place)
        names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
        assert names == {"vnclf", wheel.name.rsplit("-", 3)[0] + ".dist-info"}, names
        venv.create(place / "env", with_pip=True)
        python = place / "env" / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
        row = json.loads(run(python, "-m", "vnclf", "predict", "--format", "jsonl", TEXT, cwd=place))
        assert row["topic"] == "sports", row
        assert "vnclf" in run(place / "env" / "bin" / "vnclf", "--version", cwd=place)
        run(place / "env" / "bin" / "vnclf", "train", "--output", place / "model", cwd=place)
    print("The wheel installs alone, predicts and trains.")


def build(place: Path) -> Path:
    """Build the sdist and from it the wheel, and return the wheel."""
    run(sys.executable, "-m", "build", "--outdir", place / "dist", ROOT)
    return next((place / "dist").glob("*.whl"))


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Run a command and return its output; show both and stop where it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
