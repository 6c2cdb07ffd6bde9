"""What is wrong with a recipe, in one sentence."""

import difflib
from collections.abc import Sequence

from pydantic import BaseModel, ValidationError


def first_problem(error: ValidationError, model: type[BaseModel]) -> str:
    """Return the first problem of a validation; for an unknown key it names the nearest known one."""
    problem = error.errors()[0]
    where = ".".join(str(part) for part in problem["loc"] if part != "[key]")  # pydantic's word for a bad key
    if problem["type"] == "extra_forbidden":
        known = _known_keys(model, problem["loc"][:-1])
        near = difflib.get_close_matches(str(problem["loc"][-1]), known, n=1, cutoff=0)
        return f"unknown key {where!r}; did you mean {near[0]!r}?" if near else f"unknown key {where!r}."
    message = problem["msg"].removeprefix("Value error, ")
    given = "" if isinstance(problem["input"], dict) else f" (given {problem['input']!r})"
    return f"{where or 'recipe'}: {message[:1].lower()}{message[1:]}{given}."


def _known_keys(model: type[BaseModel], sections: Sequence[str | int]) -> list[str]:
    for section in sections:
        kinds = [model.model_fields[str(section)].annotation] if str(section) in model.model_fields else []
        inner = [k for kind in kinds for k in (kind, *getattr(kind, "__args__", ()))]
        model = next((k for k in inner if isinstance(k, type) and issubclass(k, BaseModel)), model)
    return list(model.model_fields)
