"""Names as strings: how they are shown, compared, shortened and spelt in other ways.

Two names are the same when `normal` gives the same; they sound the same when `fold` of that does. Both keep numbers,
so that MS-18 never becomes MS-19.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from unicodedata import combining, normalize

from rapidfuzz.distance import DamerauLevenshtein

from kg.model import content_hash

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h"})
_WORDS = tomllib.loads((files("kg") / "names.toml").read_text(encoding="utf-8"))
HONORIFICS = frozenset(_WORDS["honorifics"].split())
_COMPANY_FORMS = frozenset(_WORDS["company_forms"].split())
_PARTICLES = frozenset(_WORDS["particles"].split())
SMALL_WORDS = frozenset(_WORDS["small_words"].split())
COMMON_WORDS = frozenset(_WORDS["common_words"].split())
GENERATIONS = frozenset(_WORDS["generations"].split())
SHIP_PREFIXES = frozenset(_WORDS["ship_prefixes"].split())
_COUNTRIES: dict[str, str] = _WORDS["countries"]
_SOUNDS = tuple((re.compile(spelling), sound) for spelling, sound in _WORDS["sounds"])


@lru_cache(maxsize=1 << 18)
def display(text: str) -> str:
    """Return the name as it is shown: white space joined, quotes, possessive and a small "the" taken off."""
    text = " ".join(text.split()).strip(" \"'“”‘’«»,;:")
    text = re.sub(r"['’]s$", "", text).strip()
    return re.sub(r"^the (?=.)", "", text) or text


@lru_cache(maxsize=1 << 18)
def plain(text: str) -> str:
    """Return the text without case, diacritics and punctuation, numbers set apart ("Soyuz MS-19": "soyuz ms 19")."""
    tokens = re.findall(r"\d+|[^\W\d_]+", re.sub(r"\b(al|el)-(?=[^\W\d])", "", _letters(text)))
    text = " ".join(tokens[1:] if len(tokens) > 1 and tokens[0] == "the" else tokens)
    return re.sub(r"\b([^\W\d]) (?=[^\W\d]\b)", r"\1", text)  # initials as one word: "j k rowling", "u s"


def _letters(text: str) -> str:
    text = re.sub(r"['’]s\b", "", text.casefold().replace("&", " and ").translate(_LETTERS))
    text = normalize("NFKD", re.sub(r"['’ʹʼ`]", "", text))
    return "".join(letter for letter in text if not combining(letter)).casefold()


@lru_cache(maxsize=1 << 18)
def normal(text: str, type: str) -> str:
    """Return the form in which names of that type are compared: also without honorifics, or Inc and its like.

    An organisation's US is the United States.
    """
    tokens = plain(text).split()
    while type == "Person" and len(tokens) > 1 and tokens[0] in HONORIFICS:
        tokens = tokens[1:]
    while type == "Organisation" and len(tokens) > 1 and tokens[-1] in _COMPANY_FORMS:
        tokens = tokens[:-1]
    if type == "Organisation" and len(tokens) > 1:
        tokens[0] = _COUNTRIES.get(tokens[0], tokens[0])
    if type != "Person":  # Al Jazeera is al-Jazeera, but Al Gore is not al-Gore
        tokens = [token for token in tokens[:-1] if token != "al"] + tokens[-1:]
    return " ".join(tokens)


@lru_cache(maxsize=1 << 18)
def fold(name: str) -> str:
    """Return what the normal form sounds like, alike for Schipenko and Šipenko; short words and numbers stay."""
    return " ".join(_sound(token) if len(token) > 3 and token.isascii() else token for token in name.split())


def _sound(token: str) -> str:
    for pattern, sound in _SOUNDS:
        token = pattern.sub(sound, token)
    return token


def numbers(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the normal form with its numbers left out, and the numbers."""
    tokens = name.split()
    return " ".join("#" if token.isdecimal() else token for token in tokens), tuple(filter(str.isdecimal, tokens))


def is_full_person(name: str) -> bool:
    """Tell whether the normal form has a first name and a surname: two words that are no initial and no particle."""
    return sum(len(token) > 1 and token not in _PARTICLES for token in name.split()) > 1


@lru_cache(maxsize=1 << 16)
def is_acronym(short: str, long: str) -> bool:
    """Tell whether the one is made of the other's initials, with or without its small words (ISS, BBC, MoD)."""
    letters, tokens = plain(short).replace(" ", ""), plain(long).split()
    if not 2 <= len(letters) < 10 or len(tokens) < 2 or sum(letter.isupper() for letter in short) < 2:
        return False
    return letters in ("".join(t[0] for t in tokens), "".join(t[0] for t in tokens if t not in SMALL_WORDS))


def initials(name: str) -> str:
    """Return the acronym that a name of several words makes, "" for one word."""
    words = [word for word in plain(name).split() if word not in SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def is_short_form(short: str, long: str, type: str) -> bool:
    """Tell whether a text that has named the longer name may go on with the shorter one.

    A person goes on by surname or first name; a vehicle by its last words ("Daring"), never by its first, which are
    its class ("Soyuz"); an organisation by its first.
    """
    a, b = plain(short).split(), plain(long).split()
    if not a or len(a) >= len(b):
        return False
    first, last = a == b[: len(a)], a == b[-len(a) :]
    if type == "Person":
        return first or last
    if type == "Vehicle":
        return last and not a[0].isdigit() and not COMMON_WORDS.issuperset(a)
    if type == "Organisation":
        rest = (_COMPANY_FORMS | COMMON_WORDS).issuperset(b[len(a) :])
        return first and (rest or (len(a) == 1 and len(a[0]) > 3 and a[0] not in COMMON_WORDS))
    return type == "Work" and len(a) > 1 and first


def is_spelling_variant(one: str, other: str) -> bool:
    """Tell whether two long names differ as spellings of one do; names with different numbers never do."""
    a, b = plain(one), plain(other)
    if min(len(a), len(b)) < 7 or numbers(a)[1] != numbers(b)[1] or len(a.split()) != len(b.split()):
        return False
    if fold(a) == fold(b):
        return True
    return a[0] == b[0] and min(len(a), len(b)) > 8 and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1


def full_names(forms: Mapping[str, int], type: str) -> list[str]:
    """Return the names among them that do not shorten another, best first: often used, long, early in the alphabet."""
    if len(forms) == 1:
        return list(forms)
    counts: dict[str, int] = {}
    for form, count in forms.items():
        counts[normal(form, type)] = counts.get(normal(form, type), 0) + count
    full = [form for form in forms if not any(_shortens(form, other, type, counts) for other in forms)] or list(forms)
    used = {form: counts[normal(form, type)] for form in full}
    return sorted(full, key=lambda f: (f.islower(), -used[f], _is_dressed(f, type), -forms[f], -len(f), f))


def _is_dressed(form: str, type: str) -> bool:
    """Tell whether the form wears capitals or a title, where the same name may go without."""
    return (form.isupper() and len(form) > 4) or (type == "Person" and plain(form) != normal(form, type))


def _shortens(form: str, other: str, type: str, counts: Mapping[str, int]) -> bool:
    short, long = normal(form, type), normal(other, type)
    if short == long:
        return False
    if type == "Person":
        return not is_full_person(short) and is_full_person(long)
    tokens = short.split()
    if set(tokens) < set(long.split()):
        return len(tokens) == 1 or type == "Vehicle" or counts[short] <= counts[long]
    return is_acronym(form, other)


def slug(name: str) -> str:
    """Return a readable ASCII id for the name; a hash stands for what is too long or has no Latin letters."""
    words = re.findall(r"[^\W_]+", _letters(name))
    latin = [word for word in words if word.isascii()]
    text = "-".join(latin)[:80]
    return text if text and "-".join(words) == text else f"{text}-{content_hash(name)[:8]}".strip("-")
