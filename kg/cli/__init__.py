"""The commands: arguments in, lines out, nothing else."""

import click

from kg import __version__
from kg.cli.add import add
from kg.cli.bench import bench
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.diff import diff
from kg.cli.export import export
from kg.cli.group import Commands
from kg.cli.judge import merge, split
from kg.cli.notebook import notebook
from kg.cli.query import query
from kg.cli.refute import refute
from kg.cli.remove import remove
from kg.cli.review import review
from kg.cli.schema import schema
from kg.cli.why import why


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def main() -> None:
    """Read English text and build a knowledge graph to query, look at and trust."""


for command in (
    *(add, bench, build, check, diff, export, merge, notebook),
    *(query, refute, remove, review, schema, split, why),
):
    main.add_command(command)
