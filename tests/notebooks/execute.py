"""Runs the notebooks, and writes them with what they show: python tests/notebooks/execute.py [NAME …]

The sources are notebooks/*.py; the .ipynb beside them, with their pictures, are what a visitor of a code host sees.
"""

import sys
from pathlib import Path

import jupytext
from nbclient import NotebookClient
from nbformat import NotebookNode, write

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"
WIDGET = "application/vnd.jupyter.widget-view+json"  # says nothing where no kernel runs


def sources() -> list[Path]:
    return sorted(NOTEBOOKS.glob("*.py"))


def notebook(path: Path) -> NotebookNode:
    """Return the notebook of a source, its cells numbered, for random ids would differ every time."""
    found = jupytext.read(path)
    for number, cell in enumerate(found.cells):
        cell.id = f"cell-{number:02}"
    return found


def run(found: NotebookNode, folder: Path) -> NotebookNode:
    """Run every cell in a kernel in that folder; raise where one fails."""
    NotebookClient(found, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    return found


def still(found: NotebookNode) -> NotebookNode:
    """Take out what depends on the day and on a running kernel."""
    found.metadata.pop("widgets", None)
    found.metadata.get("language_info", {}).pop("version", None)
    for cell in found.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET, None)
    return found


def main(*names: str) -> None:
    for path in sources():
        if not names or path.stem in names:
            write(still(run(notebook(path), NOTEBOOKS)), path.with_suffix(".ipynb"))
            sys.stdout.write(f"{path.stem}: {path.with_suffix('.ipynb').stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
