"""The README is tested as it is read: from a folder with the seeds and a space, its blocks run in order.

Not run are blocks marked so (```sh no-test) and, where the shipped model is not there, all of them.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(python|sh|console)([^\n]*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
BIN = Path(sys.executable).parent

ready = pytest.mark.skipif(
    not any((ROOT / "kg" / "models" / "en").glob("*")) or not (BIN / "kg").exists(),
    reason="needs the shipped model and an installed kg",
)


def blocks(kind: str) -> list[str]:
    return [text for language, tags, text in BLOCKS if language == kind and "no-test" not in tags]


def dialogues() -> list[tuple[str, str]]:
    """Every command of the console blocks, with the output that the README shows below it."""
    parts = (re.split(r"^\$ ", text, flags=re.MULTILINE)[1:] for text in blocks("console"))
    return [split_dialogue(part) for block in parts for part in block]


def split_dialogue(part: str) -> tuple[str, str]:
    """Split at the first line end that no quote and no backslash spans."""
    lines = part.splitlines(keepends=True)
    for count in range(1, len(lines) + 1):
        command = "".join(lines[:count])
        if command.count("'") % 2 == 0 and not command.endswith("\\\n"):
            return command, "".join(lines[count:])
    return part, ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a fresh clone after `make graph`."""
    folder = tmp_path_factory.mktemp("readme")
    for name, target in (("seeds", ROOT / "seeds"), (".venv", BIN.parent)):
        (folder / name).symlink_to(target)
    shell("kg build seeds -o space && kg export space -o space/graph.ttl", folder)
    return folder


def shell(command: str, folder: Path) -> str:
    script = f'export PATH="{BIN}:$PATH"\n{command}'
    done = subprocess.run(["bash", "-eu", "-c", script], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@ready
@pytest.mark.parametrize(("command", "output"), dialogues())
def test_commands_answer_as_shown(command: str, output: str, folder: Path) -> None:
    answer = shell(command, folder)
    assert not output.strip() or answer.split() == output.split()


@ready
@pytest.mark.parametrize("block", blocks("sh"))
def test_shell_blocks_run(block: str, folder: Path) -> None:
    shell(block, folder)


@ready
def test_python_blocks_run(folder: Path) -> None:
    script = "\n".join(blocks("python"))
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"kg {command}" in README
