"""The model card: a model's facts, as a page."""

from collections.abc import Mapping
from typing import Any


def model_card(description: Mapping[str, Any]) -> str:
    """Render the README of a model folder from the same facts that model.json holds."""
    held_out = description["metrics"]["held_out"]
    corpora = "\n".join(
        f"- {entry['name']}: {entry['documents']:,} documents (sha256 `{entry['sha256'][:16]}…`)"
        for entry in description["corpora"]
    )
    sections = [
        f"# {description['name']}",
        description["recipe"]["description"],
        "## Trained on",
        corpora,
        "## How good it is",
        f"On {held_out['documents']:,} documents held out from training:",
        _figures(held_out),
        _topic_table(description, held_out),
    ]
    if "test" in description["metrics"]:
        test = description["metrics"]["test"]
        sections += [f"On the {test['documents']:,} documents of {test['name']}:", _figures(test)]
    sections += ["## How it is built", _build(description)]
    return "\n\n".join(section for section in sections if section) + "\n"


def _figures(report: Mapping[str, Any]) -> str:
    rows = [
        ("primary topic right", report["accuracy"]),
        ("macro-F1", report["macro_f1"]),
        ("prediction among the labelled topics", report["within_topics"]),
        ("topic sets, micro-F1", report["topics_micro_f1"]),
        ("expected calibration error", report["calibration_error"]),
        ("called certain", report["certain_share"]),
        ("right when certain", report["certain_accuracy"]),
    ]
    return "| figure | value |\n|---|---|\n" + "\n".join(f"| {name} | {100 * value:.1f} % |" for name, value in rows)


def _topic_table(description: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    names = {topic["id"]: topic for topic in description["topics"]}
    rows = [
        f"| {s['topic']} | {names[s['topic']]['vietnamese']} | {100 * s['precision']:.1f} | {100 * s['recall']:.1f} "
        f"| {100 * s['f1']:.1f} | {s['support']} |"
        for s in report["topics"]
        if s["topic"] in names
    ]
    return "| topic | | precision | recall | F1 | documents |\n|---|---|---|---|---|---|\n" + "\n".join(rows)


def _build(description: Mapping[str, Any]) -> str:
    recipe, segmenter = description["recipe"], description["segmenter"]
    channels = "; ".join(
        f"{entry['features']:,} features of {'text' if name == 'text' else 'text without diacritics'}"
        for name, entry in description["channels"].items()
    )
    certain = description["certain"]
    return (
        f"Classifier {recipe['classifier']['name']}; {channels}. Words by the segmenter `{segmenter['name']}` "
        f"(underthesea {segmenter['version']}). A prediction is certain from a probability of "
        f"{certain['probability']:.3f}, chosen for {100 * certain['stated_accuracy']:.0f} % right. "
        "The whole recipe, and the checksums of corpora and arrays, are in model.json."
    )
