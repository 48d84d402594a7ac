"""The built front end belongs to its sources. No Node here: the build writes down a hash of what it was made of."""

import hashlib
import json
import re
from pathlib import Path

import pytest

import kg

ROOM = Path(kg.__file__).parent / "web"
FRONT, STATIC = ROOM / "front", ROOM / "static"
LIMIT = 700_000

pytestmark = pytest.mark.skipif(
    not (STATIC / "manifest.json").exists() or not FRONT.exists(),
    reason="kg/web/static is not built here: make front",
)


@pytest.fixture(scope="module")
def manifest() -> dict:
    return json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def hash_of_sources() -> str:
    """As build.mjs counts it: one line a source, its hash, two spaces, its path."""
    named = ["build.mjs", "package.json", "package-lock.json", "tsconfig.json"]
    paths = named + [path.relative_to(FRONT).as_posix() for path in (FRONT / "src").rglob("*") if path.is_file()]
    return sha256("".join(f"{sha256((FRONT / path).read_bytes())}  {path}\n" for path in sorted(paths)).encode())


def test_built_files_belong_to_the_sources(manifest):
    assert manifest["sources"] == hash_of_sources(), "kg/web/front is newer than kg/web/static: make front"


def test_built_files_are_those_of_the_manifest(manifest):
    built = {path.name: sha256(path.read_bytes()) for path in STATIC.iterdir() if path.name != "manifest.json"}
    assert built == {name: told["sha256"] for name, told in manifest["files"].items()}


def test_built_files_stay_below_the_limit(manifest):
    assert manifest["compressed"] <= LIMIT


def test_shell_names_files_that_are_there_and_nothing_elsewhere():
    shell = (STATIC / "index.html").read_text(encoding="utf-8")
    linked = re.findall(r'(?:src|href)="([^"]+)"', shell)
    assert linked
    for address in linked:
        assert address.startswith("/")
        if address.startswith("/static/"):
            assert (STATIC / address.removeprefix("/static/")).exists(), address


def test_shell_needs_no_looser_policy_than_self():
    shell = (STATIC / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", shell)


# Where the editor's libraries mend browsers without JSON and without globalThis: none of those runs modules.
NEVER_REACHED = re.compile(r'eval\("\("\+\w+\+"\)"\)|Function\("return this"\)\(\)')


def test_bundles_evaluate_no_text(manifest):
    for name in manifest["files"]:
        if name.endswith(".js"):
            code = NEVER_REACHED.sub("", (STATIC / name).read_text(encoding="utf-8"))
            assert not re.search(r"\beval\(|\bnew Function\b|\bFunction\(", code), name


def test_bundle_for_files_can_stand_inside_a_script_element(manifest):
    code = (STATIC / manifest["names"]["embed"]).read_text(encoding="utf-8")
    assert "</script" not in code.lower()
    assert "<!--" not in code
