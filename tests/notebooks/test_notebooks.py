"""The notebooks: their sources run on any space, and what visitors see of them belongs to these sources."""

import ast
import json
from pathlib import Path

import jupytext
import nbformat
import pytest
from msgspec.structs import replace

from kg.cli import main
from kg.cli.notebook import notebook as command
from kg.space import Space
from notebooks.execute import NOTEBOOKS, WIDGET, notebook, run, sources

each = pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)


def test_there_are_four() -> None:
    names = ["build_and_look", "many_documents_over_time", "networkx_analysis", "sparql"]
    assert [path.stem for path in sources()] == names


@each
def test_a_notebook_defines_nothing_that_deserves_a_home(path: Path) -> None:
    code = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    assert not [node for node in code if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]


@each
def test_what_visitors_see_is_made_of_the_source(path: Path) -> None:
    shown = nbformat.read(path.with_suffix(".ipynb"), as_version=4)
    made = jupytext.read(path)
    assert [(cell.cell_type, cell.source) for cell in shown.cells] == [
        (cell.cell_type, cell.source) for cell in made.cells
    ], "make notebooks writes it anew"


@each
def test_what_visitors_see_has_pictures_and_runs_nothing(path: Path) -> None:
    file = path.with_suffix(".ipynb")
    outputs = [output for cell in json.loads(file.read_bytes())["cells"] for output in cell.get("outputs", ())]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert "image/png" in kinds
    assert "image/svg+xml" in kinds or "data:image/svg+xml" in file.read_text(encoding="utf-8")
    assert WIDGET not in kinds
    assert not [output for output in outputs if output["output_type"] == "error"]
    assert file.stat().st_size < 1_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks as `kg notebook` puts them on a space of one's own."""
    from toy import DOCUMENTS, Toy

    from kg import build

    tmp = tmp_path_factory.mktemp("own")
    with Space.create(tmp / "space") as space:
        build(DOCUMENTS, into=space, extractor=Toy())
    with pytest.raises(SystemExit, match="0"):
        main(["notebook", str(tmp / "space"), "-o", str(tmp / "notebooks"), "--no-start"])
    return tmp / "notebooks"


@each
def test_it_runs_on_a_space_of_ones_own(path: Path, folder: Path) -> None:
    found = nbformat.read(folder / f"{path.stem}.ipynb", as_version=4)
    assert not [cell for cell in found.cells if cell.get("outputs")]
    parameters = next(cell for cell in found.cells if "parameters" in cell.metadata.get("tags", ()))
    assert f"SPACE = {str(folder.parent / 'space')!r}" in parameters.source
    assert "FOCUS = 'Gannet'" in parameters.source
    run(found, folder)


def test_where_nothing_is_dated_it_is_said(tmp_path: Path) -> None:
    from toy import DOCUMENTS, Toy

    from kg import build

    with Space.create(tmp_path / "space") as space:
        build([replace(document, published=None) for document in DOCUMENTS], into=space, extractor=Toy())
    with pytest.raises(SystemExit, match="0"):
        main(["notebook", str(tmp_path / "space"), "-o", str(tmp_path), "--no-start"])
    found = run(nbformat.read(tmp_path / "many_documents_over_time.ipynb", as_version=4), tmp_path)
    said = "".join(output.get("text", "") for cell in found.cells for output in cell.get("outputs", ()))
    assert "3 of 3 documents have no date, and stand for one month at the end" in said
    assert "No statement here has a time" in said
    assert '"date"' in said


def test_the_commands_home_is_the_folder_of_the_sources() -> None:
    assert command.name == "notebook"
    assert notebook(NOTEBOOKS / "sparql.py").cells[0].id == "cell-00"
