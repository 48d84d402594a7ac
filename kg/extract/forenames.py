"""Whether a person's forename is a woman's or a man's: what "she" and "he" can take up, where the name is no other's.

`forenames.txt` lists those of which at most one bearer in twenty is told to be of the other gender; of every other name
nothing is known. It is made of the counts that nomquamgender joins of three dozen public registers (Van Buskirk,
Clauset and Larremore 2023).
"""

from functools import cache
from importlib.resources import files

from kg.names import HONORIFICS, plain

HERS, HIS = "feminine", "masculine"
_TITLES = {"mrs": HERS, "ms": HERS, "miss": HERS, "dame": HERS, "lady": HERS, "mr": HIS, "sir": HIS, "lord": HIS}


def gender_of(name: str) -> str | None:
    """Return what the title or the forename of a person's full name tells, `HERS` or `HIS`, or None."""
    words = plain(name).split()
    while len(words) > 1 and words[0] in HONORIFICS:
        if words[0] in _TITLES:
            return _TITLES[words[0]]
        words = words[1:]
    # One word may be a surname: "Thomas said she would go".
    return _forenames().get(words[0]) if len(words) > 1 else None


@cache
def _forenames() -> dict[str, str]:
    text = (files("kg.extract") / "forenames.txt").read_text(encoding="utf-8")
    parts = (part.split() for part in text.split("\n\n"))
    return {name: gender for gender, *names in parts for name in names}
