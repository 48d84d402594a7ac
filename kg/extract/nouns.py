"""What common nouns call things: the type and subtype of "ferry", whether "surgeon" is an occupation."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct


class Noun(Struct, frozen=True, kw_only=True):
    """What a common noun tells of the thing it describes."""

    type: str
    subtype: str | None = None
    role: str = ""  # of a person: office, occupation or other
    gender: str = ""  # of a person: female, male or not told


@cache
def nouns() -> dict[str, Noun]:
    """Return the nouns of `nouns.toml` by lemma; of two senses the first in the file counts."""
    table = tomllib.loads(files("kg.extract").joinpath("nouns.toml").read_text(encoding="utf-8"))
    people = {name: frozenset(words.split()) for name, words in table.pop("Person").items()}
    found: dict[str, Noun] = {}
    for role in ("occupation", "office", "other"):
        for word in people[role]:
            gender = "female" if word in people["female"] else "male" if word in people["male"] else ""
            found.setdefault(word, Noun(type="Person", role=role, gender=gender))
    for kind, subtypes in table.items():
        for subtype, words in subtypes.items():
            for word in words.split():
                found.setdefault(word, Noun(type=kind, subtype=None if subtype == "other" else subtype))
    return found


@lru_cache(maxsize=1 << 16)  # a text asks for the same words over and over
def noun_of(lemma: str, before: str = "") -> Noun | None:
    """Return what the noun, or it with the noun before it ("space station"), calls a thing, if it is known."""
    known = nouns()
    lemma = lemma.lower()
    return known.get(f"{before.lower()}-{lemma}") or known.get(lemma) or known.get(singular(lemma))


def singular(word: str) -> str:
    """Return a plural's singular by its ending, for where the lemmatiser has missed it."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


OFFICE_WORDS = frozenset(
    "prime vice deputy chief general managing executive foreign defence defense interior finance health acting first "
    "second senior assistant associate lead principal".split()
)


HONORIFICS = frozenset(
    "mr mrs ms miss mx dr drs doctor prof professor sir dame lord lady rev reverend sheikh aunt uncle capt col gen lt "
    "maj sgt sen rep gov pres hon".split()
)


def is_title(word: str) -> bool:
    """Tell whether a word before a name is a title, an office or a part of one ("Dr.", "Prime Minister", "Senator")."""
    word = word.lower().rstrip(".")
    noun = nouns().get(word)
    return (noun is not None and noun.role == "office") or word in OFFICE_WORDS | HONORIFICS


def subtype_in_name(name: str, kind: str) -> str | None:
    """Return the subtype that the words of a name tell ("Volga River" is Water), the last word first."""
    for word in reversed(name.replace("-", " ").split()):
        noun = nouns().get(word.lower())
        if noun and noun.type == kind and noun.subtype:
            return noun.subtype
    return None
