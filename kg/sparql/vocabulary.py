"""Names in a query that are none of the vocabulary's, of which an engine finds nothing and says nothing."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.export.ontology import owl
from kg.export.rdf import KG, PREFIXES
from kg.schema import Schema

LONGEST = 100_000  # characters of a query that is looked through
_TOLD = 3  # names, for the first has most often the same cause as the others
# Of these only what the vocabulary has is ever in a graph; the last is how schema.org is written by habit.
_OURS = (KG, PREFIXES["schema"], "http://schema.org/")
# A prefix has an end, so that no query takes a time that grows with the square of its length.
_QUOTED = r"""{0}(?:[^{1}\\]|\\.|{1}(?!{1}{1}))*+{0}|{1}(?:[^{1}\\\n]|\\.)*+{1}"""
_STRING = "|".join(_QUOTED.format(mark * 3, mark) for mark in "\"'")
_IRI = r"<([^<>\"{}|^`\\\s]*+)>"
_SHORT = r"(?<![\w?$@-])((?:[A-Za-z][\w.-]{,63})?):(\w(?:[\w.-]*[\w-])?)"
_TOKEN = re.compile(rf"{_STRING}|#[^\n]*+|{_IRI}|{_SHORT}", re.DOTALL)
_DECLARED = re.compile(rf"\bPREFIX\s+([^\s:]*):\s*{_IRI}", re.IGNORECASE)


class Vocabulary:
    """The prefixes that a query may use, and the names that there are for it to ask for."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.prefixes: Mapping[str, str] = {**PREFIXES, **schema.prefixes}

    def unknown(self, text: str) -> list[str]:
        """Return a line for each of the first names in a query that would be ours and are not, with what may be meant.

        Of a query longer than any that a person writes nothing is told.
        """
        if len(text) > LONGEST:
            return []
        prefixes = {**self.prefixes, **dict(_DECLARED.findall(text))}
        found = dict.fromkeys(self._strange(text, prefixes))
        return [self._told(written, iri, prefixes) for written, iri in list(found)[:_TOLD]]

    def _strange(self, text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for token in _TOKEN.finditer(text):
            iri, prefix, local = token.groups()
            if local is not None:
                iri = prefixes.get(prefix, "") + local
            if iri and iri.startswith(_OURS) and iri not in _OURS and iri not in self._known:
                yield token[0], iri

    def _told(self, written: str, iri: str, prefixes: Mapping[str, str]) -> str:
        name = next(iri.removeprefix(ours) for ours in _OURS if iri.startswith(ours)).casefold()
        close = [self._meant[one] for one in get_close_matches(name, self._meant, n=1)]
        remedy = f"did you mean {_short(close[0], prefixes)}?" if close else "kg schema lists what there is"
        return f"{written} is not in the vocabulary; {remedy}"

    @cached_property
    def _known(self) -> frozenset[str]:
        terms = (triple.subject for triple in parse(owl(self.schema), format=RdfFormat.TURTLE))
        return frozenset(term.value for term in terms if isinstance(term, NamedNode))

    @cached_property
    def _meant(self) -> Mapping[str, str]:
        """The IRIs by all that people may call them: by what comes last in them, and by their names in the schema."""
        names = {re.split(r"[#/]", iri)[-1].casefold(): iri for iri in sorted(self._known)}
        types = {name.casefold(): entry.iri for name, entry in self.schema.types.items()}
        return {**names, **types, **{name.casefold(): entry.iri for name, entry in self.schema.predicates.items()}}


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as that query can write it."""
    for name, start in prefixes.items():
        if iri.startswith(start) and re.fullmatch(r"\w+", iri[len(start) :], re.ASCII):
            return f"{name}:{iri[len(start) :]}"
    return f"<{iri}>"
