"""`vnclf cache`: the segmented corpora and the segmenter's tables on this machine."""

import typer

from vnclf.cli.commands import Command, Commands
from vnclf.cli.output import open_output

app = typer.Typer(
    cls=Commands, help="Show or empty the cache of segmented corpora and segmenter tables.", no_args_is_help=True
)


@app.command(cls=Command)
def info() -> None:
    """Show where the cache is and what it holds."""
    from vnclf.storage import cache_folder

    files = [file for file in cache_folder().rglob("*") if file.is_file()]
    corpora = [file for file in files if file.parent.name == "corpora"]
    size = sum(file.stat().st_size for file in files)
    with open_output(None) as target:
        target.write(f"{cache_folder()}: {len(corpora)} segmented corpora, {size / 1e6:,.1f} MB in all\n")


@app.command(cls=Command)
def clear() -> None:
    """Delete everything in the cache; it is made again when needed."""
    import shutil

    from vnclf.errors import InputError
    from vnclf.storage import cache_folder, told_as

    with told_as(InputError, f"{cache_folder()} cannot be emptied"):
        if cache_folder().exists():
            shutil.rmtree(cache_folder())
    with open_output(None) as target:
        target.write(f"{cache_folder()} is empty.\n")
