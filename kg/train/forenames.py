"""The forenames of one gender alone, made of the counts that the package nomquamgender brings (MIT).

Van Buskirk, Clauset and Larremore (2023): An open-source cultural consensus approach to name-based gender
classification. It joins 36 public sources; each name has how many of them know it, of how many people, and the share of
women.
"""

import json
import textwrap
from importlib.resources import files
from pathlib import Path

from kg.extract import forenames
from kg.names import plain
from kg.train.gazetteer import installed

OUTPUT = Path(str(files("kg.extract") / "forenames.txt"))
SOURCES, PEOPLE = 5, 500  # that must know a name, and how many must bear it
OTHERS = 0.05  # the share of its bearers that may be of the other gender


def make(output: Path) -> dict[str, float]:
    """Write the names, women's first, in the order of their letters; return how many there are."""
    table = json.loads((installed("nomquamgender") / "name_data.json").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {forenames.HERS: set(), forenames.HIS: set()}
    for name, (sources, people, women, *_) in table.items():
        if sources >= SOURCES and people >= PEOPLE and name.isalpha() and plain(name) == name and len(name) > 1:
            for gender, others in ((forenames.HERS, 1 - women), (forenames.HIS, women)):
                if others <= OTHERS:
                    found[gender].add(name)
    blocks = [textwrap.fill(" ".join([gender, *sorted(names)]), 120) for gender, names in found.items()]
    output.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return {gender: len(names) for gender, names in found.items()}
