"""The options of commands that read texts."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def reading_options(command: Command) -> Command:
    """Give a command the options --schema, --kb, --pipeline and --jobs."""
    schema = click.option(
        "--schema", "schemas", multiple=True, metavar="TOML", help="More types, predicates, patterns; repeatable."
    )
    kb = click.option("--kb", multiple=True, metavar="LIST", help="What you know: .csv, .jsonl or .ttl; repeatable.")
    pipeline = click.option("--pipeline", metavar="NAME", help="A spaCy pipeline, or gliner:MODEL, to find names with.")
    jobs = click.option(
        "--jobs", callback=_jobs, default="1", show_default=True, metavar="N", help="Processes; auto: one a CPU."
    )
    return schema(kb(pipeline(jobs(command))))


def _jobs(ctx: click.Context, param: click.Parameter, value: str) -> int:
    if value != "auto" and not value.isdecimal():
        raise click.BadParameter(f"{value!r} is neither a number nor auto", ctx, param)
    return 0 if value == "auto" else int(value)


def options(*, kb: tuple[str, ...], pipeline: str | None, jobs: int) -> dict[str, Any]:
    """Return what kg.build and kg.add call these options."""
    return {"kb": kb or None, "extractor": pipeline, "jobs": jobs}
