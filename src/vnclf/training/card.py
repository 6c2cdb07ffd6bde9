"""The model card: a model's facts, as a page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vnclf.training import card_tables as tables

_USE = """## What it is for

Sorting Vietnamese documents like those it was trained on by topic: feeds, archives, search, statistics over many
documents. `certain` marks the predictions that may be acted on unread; the others want a reader.

## What it is not for

- Judging people or texts. A topic says what a text is about, not whether it is true, lawful or good, and nothing of
  its author. To censor, watch or score people by it is misuse.
- Decisions about a single document that nobody has read, least of all where `certain` is false.
- Counting rare topics without correction: the tables below say how often each is missed or called in error.
- Texts unlike its training documents: chat, speeches, advertisements, forms, other languages. It recognises some of
  them, not all (`in_domain`, `reason`), and can be sure and wrong."""

_LOAD = """## How to load it

```python
from vnclf import Predictor

predictor = Predictor.load(FOLDER)  # the folder that holds this file
prediction = predictor.predict("Đội tuyển Việt Nam thắng 2-1 trên sân Mỹ Đình")
print(prediction.topic, prediction.probability, prediction.certain)
```

On the command line: `vnclf predict --model FOLDER TEXT`. Nothing in the folder is unpickled, and each file is checked
against its sha256 in model.json."""


def model_card(description: Mapping[str, Any]) -> str:
    """Render the README of a model folder from the same facts that model.json holds.

    Every figure is one of `description["metrics"]`; what was not measured has no place on the page.
    """
    metrics = description["metrics"]
    parts = [
        f"# {description['name']}",
        description["recipe"]["description"],
        _USE,
        _LOAD,
        *_trained_on(description),
        *_how_good(description, metrics),
        *_stability(metrics.get("measured", {})),
        *_elsewhere(description, metrics),
        *_mistakes(metrics),
        "## How it is built",
        _build(description),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _trained_on(description: Mapping[str, Any]) -> Iterator[str]:
    yield "## Trained on"
    yield "\n".join(
        f"- {entry['name']}: {entry['documents']:,} documents (sha256 `{entry['sha256'][:16]}…`)"
        for entry in description["corpora"]
    )
    yield "Topics: " + ", ".join(f"{topic['id']} ({topic['vietnamese']})" for topic in description["topics"]) + "."
    longest = max(view["longest"] for entry in description["channels"].values() for view in entry["views"])
    yield (
        f"Of the texts, the folder holds runs of up to {longest} words or syllables with their weights and how rare "
        "they are, and nothing else."
    )
    data = description["recipe"].get("data", {})
    labels = data.get("labels")
    if labels:
        yield (
            "The labels are this project's own work, under its licence, and published with it by the sha256 of each "
            f"text ({', '.join(f'`training/{name}`' for name in labels)}). The texts belong to their publishers: they "
            "are not published here, and who has them can train the same model again."
        )
    if labels and description["recipe"].get("self_training", {}).get("weight"):
        yield (
            "Other texts of the same files, which nobody labelled, joined the training with what a first classifier "
            "said of them."
        )
    supplements = description["corpora"][0].get("supplements")
    if supplements:
        yield (
            f"{supplements:,} of the documents are supplements ({_files(data['supplements'])}): they teach what is "
            "rare, and nothing is measured on them."
        )
    if data.get("corpora"):
        yield f"The others include {_files(data['corpora'])}."


def _files(names: Sequence[str]) -> str:
    return ", ".join(f"`{name.removeprefix('../')}`" for name in names)


def _how_good(description: Mapping[str, Any], metrics: Mapping[str, Any]) -> Iterator[str]:
    yield "## How good it is"
    measured = metrics.get("measured", {})
    if "calibration" in metrics and "accuracy" in metrics["calibration"]:
        report = metrics["calibration"]
        yield (
            f"On the {report['documents']:,} documents of {report['name']}{_read_again(report)}, which stand for those "
            "it will meet. They were not trained on, but probabilities, topic sets and the threshold for `certain` "
            "were adjusted to them, so the figures on those are a little too good:"
        )
        yield tables.figures_table(report, measured.get("macro_f1_interval"))
        yield tables.topic_table(description["topics"], report, measured.get("f1_intervals"))
        present = {score["topic"] for score in report["topics"]}
        absent = [topic["id"] for topic in description["topics"] if topic["id"] not in present]
        yield f"None of them is of {' or '.join(absent)}." if absent else ""
    held_out = metrics["held_out"]
    yield f"On {held_out['documents']:,} documents held out from training:"
    yield tables.figures_table(held_out)
    yield tables.topic_table(description["topics"], held_out)
    if "test" in metrics:
        report = metrics["test"]
        yield f"On the {report['documents']:,} documents of {report['name']}{_read_again(report)}:"
        yield tables.figures_table(report)
    yield "In brackets: 95 % intervals, Wilson's for shares and a bootstrap over the documents for F1."
    if measured:
        yield "## Calibration"
        yield f"How often predictions were right, by their probability, on {measured['name']}:"
        yield tables.reliability_table(measured["reliability"])


def _read_again(report: Mapping[str, Any]) -> str:
    """Say how many documents had several readers, and what that means for the figures."""
    again, all_of = report.get("read_again", 0), report["documents"]
    if not again:
        return ""
    some = "each" if again == all_of else f"{again:,} of them"
    return f" ({some} had more than one reader, and to be right means to agree with any)"


def _stability(measured: Mapping[str, Any]) -> Iterator[str]:
    if not measured:
        return
    yield "## Robustness"
    yield "Primary topic right, as the text is and after a change, in brackets the difference in points:"
    yield tables.robustness_table(measured["robustness"])
    yield "## Texts that are no news"
    yield "Written for this project and not trained on. None of them has a topic, so none should be called certain:"
    yield tables.foreign_table(measured["out_of_domain"])


def _elsewhere(description: Mapping[str, Any], metrics: Mapping[str, Any]) -> Iterator[str]:
    held_out, measured = metrics["held_out"], metrics.get("measured")
    if measured or "sources" in held_out:
        yield "## By date and length"
    if measured:
        yield f"Primary topic right on {measured['name']}:"
        yield tables.slice_table("month", measured["months"])
        yield tables.slice_table("length", measured["lengths"])
    if "sources" in held_out:
        yield "And on the documents held out from training:"
        yield tables.slice_table("source and year", held_out["sources"])
        yield tables.slice_table("length", held_out["lengths"])
    if "time_split" in metrics:
        yield from _time_split(metrics["time_split"], description["topics"])
    if "sections" in metrics:
        yield from _sections(metrics["sections"])


def _time_split(report: Mapping[str, Any], topics: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "## The future"
    yield (
        f"A second model, trained by the same recipe on the {report['trained_on']:,} documents before "
        f"{report['since']}, is right on {tables.percent(report['accuracy'])} "
        f"({tables.span(report['accuracy_interval'])}) of the {report['documents']:,} later ones "
        f"(macro-F1 {tables.percent(report['macro_f1'])}, among the labelled topics "
        f"{tables.percent(report['within_topics'])}). Where documents were chosen for labelling because they are hard, "
        "this is lower than on the stream of the day. By month; by length and source with "
        f"{report['archive']:,} undated documents that were set aside as well:"
    )
    yield tables.slice_table("month", report["months"])
    yield tables.slice_table("length", report["lengths"])
    yield tables.slice_table("source", report["sources"])
    yield "By topic, on the dated documents alone:"
    yield tables.topic_table(topics, report)


def _sections(report: Mapping[str, Any]) -> Iterator[str]:
    yield "## Other outlets, other years"
    overall, clear, corpora = report["overall"], report["clear"], report["corpora"]
    seen = sum(corpus["trained_on"] for corpus in corpora)
    yield (
        "Articles under the sections their publishers chose, mapped to the topics they share; a section is an "
        f"outlet's habit and no reader's judgement. {seen:,} articles that were trained on are left out."
    )
    if overall["documents"]:
        yield f"Over the sections of one topic in {overall['name']}, the prediction is right on {_share(overall)}."
    if clear["documents"]:
        yield (
            "How far a section is a topic, the labels show that most of these articles have as well. Over the sections "
            f"with whose topic nine in ten or more of the labels agree, the prediction is right on {_share(clear)}."
        )
    yield tables.outlet_table(corpora)
    yield tables.section_table(corpora)


def _share(summary: Mapping[str, Any]) -> str:
    return (
        f"{tables.percent(summary['accuracy'])} ({tables.span((summary['low'], summary['high']))}) of "
        f"{summary['documents']:,} articles, and the topic is among those predicted on "
        f"{tables.percent(summary['among_topics'])}"
    )


def _mistakes(metrics: Mapping[str, Any]) -> Iterator[str]:
    confusions = tables.confusion_table(metrics["held_out"]["confusions"])
    examples = metrics.get("measured", {}).get("examples", [])
    if confusions or examples:
        yield "## What it gets wrong"
    if confusions:
        yield "The topics taken for one another most often, among the documents held out from training:"
        yield confusions
    if examples:
        wrong = sum(example["predicted"] != example["topic"] for example in examples)
        yield f"Headlines invented to be hard, of which it takes {wrong} of {len(examples)} for another topic (bold):"
        yield tables.example_table(examples)


def _build(description: Mapping[str, Any]) -> str:
    recipe, segmenter = description["recipe"], description["segmenter"]
    channels = "; ".join(
        f"{entry['features']:,} features of {'text' if name == 'text' else 'text without diacritics'}"
        for name, entry in description["channels"].items()
    )
    return (
        f"Classifier {recipe['classifier']['name']}; {channels}. Words by the segmenter `{segmenter['name']}` "
        f"(underthesea {segmenter['version']}). {_certain(description['certain'])} "
        "The whole recipe, and the checksums of corpora and arrays, are in model.json."
    )


def _certain(facts: Mapping[str, Any]) -> str:
    stated = f"{100 * facts['stated_accuracy']:.0f} % right"
    if facts["probability"] > 1:
        return f"No prediction is ever certain: from no probability on were they {stated}."
    return f"A prediction is certain from a probability of {facts['probability']:.3f}, chosen for {stated}."
