"""Tasks for worker processes, which can only be told what they find by its name."""

import os
import time
from pathlib import Path

from kg.errors import StageError

CALLS: list[int] = []


def obey(batch: list[str]) -> list[str]:
    """Return the orders in capitals, or do what they say."""
    CALLS.append(len(batch))
    return [obey_one(order) for order in batch]


def obey_one(order: str) -> str:
    if order == "die":
        os._exit(9)
    if order == "raise":
        raise StageError("d", "extract", ValueError("told to"))
    if order == "sleep":
        time.sleep(600)
    if order.startswith("die once "):
        marker = Path(order.removeprefix("die once "))
        if not marker.exists():
            marker.touch()
            os._exit(9)
    told = {"who": str(os.getpid()), "calls": str(CALLS), "threads": os.environ.get("OMP_NUM_THREADS", "")}
    return told.get(order, order.upper())


def die(batch: list[str]) -> None:
    """Not even begin."""
    os._exit(9)
