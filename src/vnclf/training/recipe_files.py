"""Finds and reads the files of recipes."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vnclf.errors import RecipeError
from vnclf.resources import shipped
from vnclf.training.recipe import Recipe, parse_recipe


def read_recipe(recipe: str | Path, settings: Sequence[str] = ()) -> Recipe:
    """Read a recipe file, or a shipped recipe by its name, and apply settings such as "classifier.C=1".

    Raises RecipeError, naming the key and the nearest known one, when it is not valid.
    """
    path = recipe_path(recipe)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        known = ", ".join(shipped_recipes())
        raise RecipeError(f"There is no recipe {recipe}; name a .toml file or one of {known}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeError(f"{path} is not valid TOML: {error}.") from error
    except OSError as error:
        raise RecipeError(f"{path} cannot be read: {error.strerror or error}.") from error
    for setting in settings:
        _apply(data, setting)
    return parse_recipe(data, str(path))


def recipe_path(recipe: str | Path) -> Path:
    """Return the file of a recipe given by path or by shipped name; a file of that name comes first."""
    path = Path(recipe)
    if path.name == str(recipe) and not path.is_file():
        return shipped_recipes().get(path.name, path)
    return path


def shipped_recipes() -> dict[str, Path]:
    """Return the shipped recipes by name: the files that give a recipe the name of the file."""
    files = shipped("training", ".toml")
    names = {name: tomllib.loads(path.read_text(encoding="utf-8")).get("name") for name, path in files.items()}
    return {name: path for name, path in files.items() if names[name] == name}


def _apply(data: dict[str, Any], setting: str) -> None:
    key, equals, value = setting.partition("=")
    if not equals or not key.strip():
        raise RecipeError(f"--set {setting!r} is not of the form key=value, such as classifier.C=1.")
    try:
        parsed = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        parsed = value.strip()
    *sections, last = key.strip().split(".")
    for section in sections:
        data = data.setdefault(section, {})
        if not isinstance(data, dict):
            raise RecipeError(f"--set {setting!r}: {section!r} is not a section of the recipe.")
    data[last] = parsed
