"""`kg notebook`: the notebooks that come with kg, on a space of one's own."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import open_space
from kg.errors import KgError, MissingExtra

if TYPE_CHECKING:
    from kg.graph import Graph

# In the package where it is installed, beside it where it runs from its sources.
HOMES = (Path(__file__).parent.parent / "notebooks", Path(__file__).parent.parent.parent / "notebooks")


@click.command()
@click.argument("space")
@click.option("-o", "--output", metavar="FOLDER", help="Where they are put.  [default: SPACE-notebooks]")
@click.option("--no-start", is_flag=True, help="Put them there, and do not start Jupyter.")
def notebook(space: str, output: str | None, no_start: bool) -> None:
    """Open the notebooks that come with kg on a space of your own.

    They build and look, ask SPARQL, analyse with networkx, and follow documents over time. What already stands in the
    folder is yours and stays as it is.

    \b
        kg notebook space
        kg notebook space -o work/notebooks --no-start
    """
    if not no_start and find_spec("jupyterlab") is None:
        raise MissingExtra("jupyterlab", "notebook")
    folder = Path(output or f"{Path(space).name}-notebooks")
    with open_space(space) as opened:
        parameters = {"SPACE": str(Path(space).resolve()), "FOCUS": _focus(opened.graph())}
    for path in _put(folder, parameters):
        click.echo(f"{path} is there already and stays as it is", err=True)
    if no_start:
        click.echo(f"The notebooks are in {folder}; python -m jupyterlab {folder} opens them.")
    else:
        raise SystemExit(subprocess.run([sys.executable, "-m", "jupyterlab", str(folder)]).returncode)


def _put(folder: Path, parameters: dict[str, str]) -> list[Path]:
    """Write the notebooks with these parameters, without outputs; return those that were there already."""
    home = next((home for home in HOMES if home.is_dir()), None)
    if home is None:
        raise KgError(f"the notebooks are missing: there is no {HOMES[0]}; install kg again")
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for path in sorted([*home.glob("*.ipynb"), *home.glob("*.csv")]):
        target = folder / path.name
        if target.exists():
            kept.append(target)
        elif path.suffix == ".ipynb":
            target.write_bytes(_prepared(path.read_bytes(), parameters))
        else:
            target.write_bytes(path.read_bytes())
    return kept


def _prepared(content: bytes, parameters: dict[str, str]) -> bytes:
    """Return a notebook with these parameters in the place of its own, and nothing that it has shown before."""
    import json

    found = json.loads(content)
    for cell in found["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        if "parameters" in cell["metadata"].get("tags", ()):
            cell["source"] = _with("".join(cell["source"]), parameters)
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def _with(source: str, parameters: dict[str, str]) -> str:
    for name, value in parameters.items():
        source = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value!r}".replace("\\", r"\\"), source)
    return source


def _focus(graph: "Graph") -> str:
    """Return the name of something that much is said of and that no other thing is called by."""
    from collections import Counter

    ends = Counter(end for edge in graph.edges("fact") for end in (edge.subject, edge.object) if isinstance(end, str))
    names = Counter(name.casefold() for one in graph.entities() for name in {one.name, *one.aliases})
    known = [one for one in graph.entities() if names[one.name.casefold()] == 1 and not {*one.name} & {*'"\\\n'}]
    if not known:
        raise KgError("the space holds nothing to look at; build it from texts that name people, places or vehicles")
    return max(known, key=lambda one: (ends[one.id], len(one.mentions), one.id)).name
