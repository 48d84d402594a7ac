"""The rules of the house, read off the source: who imports whom, how big things are, what is never written."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "kg").rglob("*.py"))

# Who stands on whose shoulders: a room imports its own level's own room, and levels below, never beside or above.
LEVELS = (
    {"model", "errors"},
    {"plugins", "jsonl", "countries", "dateline", "names", "workers"},
    {"schema"},
    {"read", "extract", "resolve", "graph"},
    {"export"},
    {"sparql"},
    {"space", "invariants"},
    {"build"},
    {"kg"},
    {"web", "bench"},
    {"train"},
    {"cli"},
)
PART_OF = {
    "lift": "graph",
    "conflicts": "graph",
    "evidence": "graph",
    "refuted": "graph",
}  # more modules of a room that needs no folder
LEVEL = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}

# The rooms, or single modules of a room, that may touch a library. Everything else in kg/ gets on without it.
ONE_ROOM = {
    "spacy": {"extract", "train"},
    "thinc": {"extract", "train"},
    "onnxruntime": {"extract", "train"},
    "tokenizers": {"extract", "train"},
    "numpy": {"extract", "train", "resolve", "bench.scores_coreference"},
    "scipy": {"bench.scores_coreference", "resolve", "train"},
    "nervaluate": {"bench.mentions"},
    "gliner": {"extract"},
    "networkx": {"graph", "export"},
    "pandas": {"graph", "export"},
    "pyarrow": {"export.parquet"},
    "rdflib": {"export.rdf", "sparql", "space"},
    "oxrdflib": {"export.rdf", "sparql", "space"},
    "pyoxigraph": {"export.rdf", "sparql", "space", "resolve.link.turtle"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "click": {"cli"},
    "rich": {"cli"},
    "trafilatura": {"read"},
    "charset_normalizer": {"read"},
    "py3langid": {"read"},
    "rapidfuzz": {"names", "resolve", "extract", "bench.resolution"},
    "jellyfish": {"resolve"},
    "anywidget": {"web.widget"},
    "traitlets": {"web.widget"},
    "torch": {"train"},
    "onnx": {"train"},
    "safetensors": {"train"},
}
EVERYWHERE = {"kg", "msgspec"}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    name = module.split(".")[1] if "." in module else module
    return PART_OF.get(name, name)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path, *, top: bool = False) -> frozenset[str]:
    """Every module the file imports: at its top, and unless only these are asked for, inside functions."""
    found: set[str] = set()
    for node in tree(path).body if top else ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            found |= {f"{module}.{alias.name}" for alias in node.names} & modules().keys() or {module}
    return frozenset(found)


@cache
def modules() -> dict[str, Path]:
    return {module_name(path): path for path in FILES}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def test_every_room_has_a_level() -> None:
    assert {room(module) for module in modules()} <= LEVEL.keys()


@each_file
def test_imports_point_down(path: Path) -> None:
    if path == ROOT / "kg" / "__init__.py":
        return  # the front door names every room, and imports on first use
    here = room(module_name(path))
    ours = {room(module) for module in imports(path) if module.split(".")[0] == "kg"} - {here}
    assert not {other for other in ours if LEVEL[other] >= LEVEL[here] and LEVEL[here] > 0}


@each_file
def test_a_library_stays_in_its_room(path: Path) -> None:
    here = module_name(path).removeprefix("kg.")
    for library in {module.split(".")[0] for module in imports(path)} & ONE_ROOM.keys():
        assert {here, here.split(".")[0]} & ONE_ROOM[library], f"{library} does not belong into {here}"


@each_file
def test_third_party_libraries_are_known(path: Path) -> None:
    used = {module.split(".")[0] for module in imports(path)}
    assert used <= {*ONE_ROOM, *EVERYWHERE, *sys.stdlib_module_names}


def test_modules_make_no_cycle() -> None:
    needs = {module: imports(path, top=True) & modules().keys() for module, path in modules().items()}
    TopologicalSorter(needs).prepare()  # raises CycleError, naming the cycle


@each_file
def test_files_stay_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@each_file
def test_functions_stay_short(path: Path) -> None:
    assert not {node.name: length(node) for node in functions(path) if length(node) > 50}


@each_file
def test_classes_stay_small(path: Path) -> None:
    classes = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))
    assert not {node.name: length(node) for node in classes if length(node) > 200}


@each_file
def test_functions_take_at_most_six_parameters(path: Path) -> None:
    def count(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        return sum(argument.arg not in ("self", "cls") for argument in named)

    assert not {node.name for node in functions(path) if count(node) > 6}


@each_file
def test_every_return_is_typed(path: Path) -> None:
    assert not [node.name for node in functions(path) if node.returns is None]


@each_file
def test_public_names_have_a_docstring(path: Path) -> None:
    public = [
        node
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert ast.get_docstring(tree(path)), "the module has none"
    assert not [node.name for node in public if not ast.get_docstring(node)]


@each_file
def test_only_the_failure_policy_catches_everything(path: Path) -> None:
    if path == ROOT / "kg" / "build.py":
        return
    broad = {"Exception", "BaseException"}
    handlers = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)]
    caught = [node for node in handlers if node.type is None or {n.id for n in names(node.type)} & broad]
    assert not [node.lineno for node in caught if not isinstance(node.body[-1], ast.Raise)]


def names(node: ast.AST) -> list[ast.Name]:
    return [name for name in ast.walk(node) if isinstance(name, ast.Name)]


@each_file
def test_the_library_never_prints(path: Path) -> None:
    if room(module_name(path)) == "train":
        return  # programs that report while they run
    assert not [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Name) and node.id == "print"]


@each_file
def test_modules_are_named_for_what_they_do(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "misc", "common", "base"}


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 250
