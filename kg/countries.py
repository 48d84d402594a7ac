"""The countries of `kg/countries.toml`, and the one that a name or an adjective means.

Case tells names from words ("US" and "us", "Polish" and "polish"): nothing in lower case means a country, and an
abbreviation only as it is written.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import combining, normalize

_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_POSSESSIVE = re.compile(r"'s?$")
_ABBREVIATION = re.compile(r"[A-Z]{2,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country, territory or historical state.

    `adjectives` holds its demonyms too; `shared` tells that another well-known place bears the same name (Georgia).
    """

    name: str
    iso2: str | None = None
    iso3: str | None = None
    wikidata: str | None = None
    shared: bool = False
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries in the order of the file, which is read once."""
    table = tomllib.loads((files("kg") / "countries.toml").read_text(encoding="utf-8"))
    return tuple(Country(name=name, **_tuples(row)) for name, row in table.items())


def country_of(name_or_adjective: str) -> Country | None:
    """Return the country that a name ("the U.S."), an adjective ("Russian") or a demonym ("Britons") means."""
    return country_named(name_or_adjective) or _find(name_or_adjective, _adjectives())


def country_named(name: str) -> Country | None:
    """Return the country that has that name or alias; adjectives and demonyms are not names."""
    return _find(name, _names())


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {field: tuple(value) if isinstance(value, list) else value for field, value in row.items()}


def _find(text: str, index: dict[str, Country]) -> Country | None:
    text = _plain(text)
    return (index.get(text) or index.get(text.casefold())) if text[:1].isupper() else None


def _plain(text: str) -> str:
    text = " ".join(text.replace("’", "'").replace(".", "").replace("&", "and").split())
    text = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    return _POSSESSIVE.sub("", _ARTICLE.sub("", text))


def _index(rows: Iterable[tuple[str, Country]]) -> dict[str, Country]:
    plain = ((_plain(name), country) for name, country in rows)
    return {name if _ABBREVIATION.fullmatch(name) else name.casefold(): country for name, country in plain}


@cache
def _names() -> dict[str, Country]:
    return _index((name, country) for country in countries() for name in (country.name, *country.aliases))


@cache
def _adjectives() -> dict[str, Country]:
    words = [(word, country) for country in countries() for word in country.adjectives]
    return _index([*((f"{word}s", country) for word, country in words if not word.endswith(("s", "sh", "ch"))), *words])
