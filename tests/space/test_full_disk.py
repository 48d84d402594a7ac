"""A disk that is full at any moment leaves the last good state, and says so."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from toy import DOCUMENTS, Toy

import kg
from kg.errors import SpaceError
from kg.model import Document
from kg.space import Space
from space.test_growth import exported, stored

MORE = [Document(id=f"m{n}", text=f"{DOCUMENTS[0].text} Page {n}. {'So it went on. ' * 400}") for n in range(40)]
SIZE = 12 << 20  # bytes of the small disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, where this machine lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("nothing can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path, left: int) -> Path:
    """Fill the disk but for so many bytes, and return what fills it."""
    ballast = place / "ballast"
    free = os.statvfs(place)
    with ballast.open("wb") as out:
        out.write(bytes(max(free.f_bavail * free.f_frsize - left, 0)))
    return ballast


@pytest.mark.parametrize("left", [0, 40_000, 200_000, 600_000, 1_200_000, 3_000_000])
@pytest.mark.parametrize("operation", ["add", "remove"])
def test_a_full_disk_leaves_the_last_good_state(disk: Path, operation: str, left: int, tmp_path: Path) -> None:
    def change(space: Space) -> None:
        if operation == "add":
            kg.add(MORE, space, extractor=Toy())
        else:
            space.remove("a")

    with Space.create(tmp_path / "scratch") as scratch:
        kg.build(DOCUMENTS, into=scratch, extractor=Toy())
        before = exported(scratch)
        change(scratch)
        after = exported(scratch)
    with Space.create(disk / "space") as space:
        kg.build(DOCUMENTS, into=space, extractor=Toy())
    ballast = fill(disk, left)
    told = ""
    try:
        with Space.edit(disk / "space") as space:
            change(space)
    except SpaceError as error:
        told = str(error)
    ballast.unlink()
    with Space.edit(disk / "space") as space:
        found = exported(space)
        assert found == after or (found == before and str(disk / "space") in told)
        assert stored(space) == sorted(found["nq"].splitlines())
        change(space) if found == before else None
        assert exported(space) == after
