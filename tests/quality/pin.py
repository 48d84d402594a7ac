"""What the shipped pipeline reaches on pinned passages, and the floors under it, which can only be raised.

    python tests/quality/pin.py                      raise every floor to what is reached, rounded down
    python tests/quality/pin.py --lower 'facts R'    let this one sink to it as well; can be repeated

Without `--lower`, a figure below its floor is refused, and then no floor is changed.
"""

import argparse
import json
import math
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from kg.bench.written import documents, measure
from kg.extract import extract
from kg.train.written import passages

FLOORS = Path(__file__).with_name("floors.json")
EVERY = 4  # of the passages that nothing was trained on
FIGURES = (
    *("Person F1", "Organisation F1", "Vehicle F1", "Place F1"),
    *("facts P", "facts R", "modality accuracy", "anaphora P", "anaphora R"),
)

Figures = Mapping[str, float]


def measured() -> dict[str, float]:
    """Return the figures that have a floor, in per cent."""
    records = list(passages("test"))[::EVERY]
    figures = measure(records, list(extract(documents(records)))).figures()
    return {name: figures[name] or 0.0 for name in FIGURES}


def pinned() -> dict[str, float]:
    """Return the floors; none where there are none yet."""
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return floors


def below(floors: Figures, reached: Figures) -> list[str]:
    """Return the floors that are not reached, or of which nothing is known any more."""
    return [name for name, floor in floors.items() if reached.get(name, -math.inf) < floor]


def raised(floors: Figures, reached: Figures, *, lower: Collection[str] = ()) -> dict[str, float]:
    """Return the new floors: what is reached, rounded down.

    Raises `ValueError` where that would lower a floor that is not named in `lower`.
    """
    unknown = sorted({*lower} - {*floors, *reached})
    if unknown:
        raise ValueError(f"there is no figure {', '.join(unknown)}; there are: {', '.join(reached)}")
    sinking = [name for name in below(floors, reached) if name not in lower]
    if sinking:
        options = " ".join(f"--lower '{name}'" for name in sinking)
        raise ValueError(f"below the floor: {', '.join(sinking)}; no floor is changed. If it has to be: {options}")
    return {name: math.floor(value) for name, value in reached.items()}


def table(floors: Figures, reached: Figures) -> str:
    """Return floors and figures under each other, with a word at those that are too low."""
    rows = [
        (name, _cell(floors.get(name)), _cell(reached.get(name)), "below its floor" * (name in below(floors, reached)))
        for name in {**reached, **floors}
    ]
    lines = (f"{name:<20}{floor:>8}{figure:>9}  {word}" for name, floor, figure, word in [HEAD, *rows])
    return "\n".join(line.rstrip() for line in lines)


HEAD = ("per cent", "floor", "reached", "")


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def main() -> None:
    """Measure, tell, and write the new floors unless one would sink."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lower", action="append", default=[], metavar="NAME", help="a floor that may sink")
    lower: list[str] = parser.parse_args().lower
    floors, reached = pinned(), measured()
    sys.stdout.write(f"{table(floors, reached)}\n")
    try:
        new = raised(floors, reached, lower=lower)
    except ValueError as error:
        sys.exit(f"pin.py: {error}")
    FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
