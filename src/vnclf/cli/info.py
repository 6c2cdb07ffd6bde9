"""`vnclf info`."""

from typing import Annotated

import typer

from vnclf.cli.options import Form
from vnclf.cli.output import Format, choose_format, open_output, to_json


def info(
    model: Annotated[str, typer.Argument(help="A model folder, or the name of a shipped model.")] = "news",
    format: Form = None,
) -> None:
    """Show what a model is: topics, recipe, segmenter, corpora, figures."""
    from vnclf.model.folder import read_model
    from vnclf.model.predictor import find_model

    folder = read_model(find_model(model))
    with open_output(None) as target:
        if choose_format(format, None) is not Format.table:
            target.write(to_json(folder.description) + "\n")
            return
        description = folder.description
        held_out = description["metrics"]["held_out"]
        lines = {
            "model": f"{description['name']} ({folder.path})",
            "about": description["recipe"]["description"],
            "topics": ", ".join(topic["id"] for topic in description["topics"]),
            "features": ", ".join(f"{entry['features']:,} ({name})" for name, entry in description["channels"].items()),
            "segmenter": f"{description['segmenter']['name']}, underthesea {description['segmenter']['version']}",
            "corpora": ", ".join(f"{entry['name']} ({entry['documents']:,})" for entry in description["corpora"]),
            "held out": f"accuracy {held_out['accuracy']:.4f}, macro-F1 {held_out['macro_f1']:.4f}",
        }
        for name, value in lines.items():
            target.write(f"{name:<10} {value}\n")
