"""What tests of the pages share: a space that is only looked at."""

from pathlib import Path

import pytest
from space.looked import made


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("web") / "space")
