"""Relations by patterns over the parse: clauses ("X took off from Y") and roles ("Y director X").

The patterns are data (`patterns.toml`); a user adds a relation by adding one in a schema file of their own. A pattern
only proposes: the schema's types decide whether two mentions can be its ends, `modality` how it is held.
"""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from itertools import combinations

import msgspec
from msgspec import Struct
from spacy.tokens import Token

from kg.extract.claims import Claim, Reading
from kg.extract.clause import arguments, preposition
from kg.extract.found import Found
from kg.extract.nouns import noun_of
from kg.extract.words import lemma_of
from kg.schema import Clause, Role, Schema

USER = "kg.patterns.user"  # who speaks in a record that a pattern of the user's made
_RELATIVE = {"who", "which", "that", "whom"}
_ABOARD = {"on board", "aboard", "onboard", "board"}
_LEAVING_OPEN = {
    "if",
    "unless",
    "whether",
    "that",
    "not",
    "no",
    "never",
    "may",
    "might",
    "could",
    "would",
    "did",
    "does",
    "do",
}
_POSSESSIVE = {"'s", "’s", "'", "’"}
_OF = {"of", "for", "at", "from", "with", "in", "to", "between"}


class Patterns(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """The patterns of one origin, which their claims tell as `by`."""

    clause: tuple[Clause, ...] = ()
    role: tuple[Role, ...] = ()
    by: str = "kg.patterns"

    def clauses_of(self, lemma: str) -> Iterator[Clause]:
        """Yield the clause patterns of a verb."""
        yield from (pattern for pattern in self.clause if lemma in pattern.lemmas)

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The lemmas of all clause patterns."""
        return frozenset(lemma for pattern in self.clause for lemma in pattern.lemmas)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The nouns of all role patterns."""
        return frozenset(noun for pattern in self.role for noun in pattern.nouns)


@cache
def load() -> Patterns:
    """Return the built-in patterns."""
    table = tomllib.loads(files("kg.extract").joinpath("patterns.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table, Patterns)


def users(schema: Schema) -> Patterns:
    """Return the patterns that came with the schema."""
    return Patterns(clause=schema.clause, role=schema.role, by=USER)


def pattern_claims(reading: Reading, schema: Schema) -> Iterator[Claim]:
    """Yield what the built-in patterns and those of the user read in the document."""
    for patterns in (load(), users(schema)) if schema.clause or schema.role else (load(),):
        yield from clause_claims(reading, patterns)
        yield from role_claims(reading, patterns)


def says(word: Token, predicate: str) -> bool:
    """Tell whether the word is one that the built-in patterns read the predicate from."""
    patterns = load()
    lemma = lemma_of(word, patterns.verbs)
    clauses = any(pattern.predicate == predicate for pattern in patterns.clauses_of(lemma))
    return clauses or any(pattern.predicate == predicate and lemma in pattern.nouns for pattern in patterns.role)


def clause_claims(reading: Reading, patterns: Patterns) -> Iterator[Claim]:
    """Yield what the document's clauses say."""
    for token in reading.doc:
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "cop", "aux:pass"):
            yield from _clause(reading, token, lemma_of(token, patterns.verbs), arguments(token), patterns)
        elif roles := _misread(reading, token, patterns):
            yield from _clause(reading, token, lemma_of(token, patterns.verbs), roles, patterns)
        if token.dep_ in ("appos", "nmod") and preposition(token) in _ABOARD:  # "Anna Vale, aboard the Gannet, …"
            yield from _clause(reading, token, "be", {"agent": [token.head], preposition(token): [token]}, patterns)
        elif any(child.dep_ == "cop" for child in token.children) or _elliptic(token):
            roles = arguments(token)
            place = preposition(token)
            if place:
                roles.setdefault(place, []).append(token)
            if roles.keys() & _ABOARD:
                roles.setdefault("agent", [token])  # "On board were the pilots Anna Vale and Ben Oduya."
            yield from _clause(reading, token, "be", roles, patterns)


def _misread(reading: Reading, token: Token, patterns: Patterns) -> dict[str, list[Token]]:
    """Return the arguments of a verb that the tagger took for a noun: "captain Anna Berg commands the MV Nordstern".

    It stands right between two mentions, with at most a preposition and an article before the second, in a sentence
    that nothing before it leaves open.
    """
    before = reading.findings.at(token.nbor(-1)) if token.i else None
    if (
        before is None
        or not token.is_lower
        or lemma_of(token, patterns.verbs) not in patterns.verbs
        or token.i + 1 == len(token.doc)
        or any(word.lower_ in _LEAVING_OPEN for word in token.doc[token.sent.start : token.i])
    ):
        return {}
    rest = [word for word in token.doc[token.i + 1 : token.i + 4] if word.pos_ not in ("DET", "ADJ")]
    role = rest[0].lower_ if rest and rest[0].pos_ == "ADP" else "patient"
    after = reading.findings.at(rest[role != "patient"]) if len(rest) > (role != "patient") else None
    return {"agent": [before.head], role: [after.head]} if after is not None else {}


def _elliptic(token: Token) -> bool:
    return token.lower_ in ("aboard", "onboard") and token.dep_ not in ("case", "fixed")


def _clause(
    reading: Reading, verb: Token, lemma: str, roles: dict[str, list[Token]], patterns: Patterns
) -> Iterator[Claim]:
    lemmas = {lemma, lemma.partition(" ")[0]}
    for pattern in (p for one in sorted(lemmas) for p in patterns.clauses_of(one)):
        objects = _objects(reading, verb, pattern, roles)
        subjects = _first(reading, pattern.subject, roles, pattern.subject_types, verb)
        for subject in subjects:
            for thing in objects:
                yield Claim(subject, pattern.predicate, thing, verb, pattern.score, patterns.by)
        if pattern.reciprocal and roles.keys().isdisjoint(pattern.object):
            for one, other in combinations(subjects, 2):
                yield Claim(one, pattern.predicate, other, verb, pattern.score, patterns.by)


def _objects(reading: Reading, verb: Token, pattern: Clause, roles: dict[str, list[Token]]) -> list[Found | str]:
    if pattern.object == ("time",):
        time = reading.time_at(verb)
        return [time] if time else []
    if pattern.through:
        roles = _through(verb, pattern.through)
    found: list[Found | str] = list(_first(reading, pattern.object, roles, pattern.object_types, verb))
    bare = any(role in roles and not _named(reading, roles[role]) for role in _ABOARD & set(pattern.object))
    if not found and bare and pattern.predicate == "aboard":
        vehicle = reading.vehicle_before(verb)
        return [vehicle] if vehicle else []
    return found


def _named(reading: Reading, tokens: list[Token]) -> bool:
    return any(True for token in tokens for _ in things(reading, token))


def _through(verb: Token, nouns: tuple[str, ...]) -> dict[str, list[Token]]:
    found: dict[str, list[Token]] = {}
    for token in verb.children:
        if token.lemma_.lower() in nouns:
            for child in [*token.children, *verb.children]:
                if child.dep_.startswith(("nmod", "obl")) and child != token:
                    found.setdefault(preposition(child), []).append(child)
    return found


def _first(
    reading: Reading, wanted: Iterable[str], roles: dict[str, list[Token]], types: tuple[str, ...], verb: Token
) -> list[Found]:
    for role in wanted:
        found = [thing for token in roles.get(role, ()) for thing in things(reading, token)]
        if role in ("agent", "patient"):
            acting = (thing for thing in found if not _is_source(thing))
            found = [other for thing in acting for other in reading.group_of(thing, verb)]
        found = [thing for thing in found if _is_one(thing, types)]
        if found:
            return list({id(thing): thing for thing in found}.values())
    return []


def _is_one(thing: Found, types: tuple[str, ...]) -> bool:
    return not types or thing.type in types or thing.subtype in types


def _is_source(found: Found) -> bool:
    # "According to Reuters, …": whoever is quoted does nothing, whatever the parse says.
    before = [token.lower_ for token in found.span.doc[max(0, found.span.start - 3) : found.span.start]]
    return [word for word in before if word != "the"][-2:] == ["according", "to"]


def things(reading: Reading, token: Token) -> Iterator[Found]:
    """Yield the mentions that a noun of the parse stands for: itself, its apposition, the name beside it."""
    here = reading.findings.at(token)
    if here is not None:
        yield here
        return
    if token.lower_ in _RELATIVE and token.tag_ in ("WP", "WDT", "IN"):
        yield from reading.antecedents(token)
        return
    noun = noun_of(token.lemma_, token.nbor(-1).lemma_ if token.i else "")
    named = [child for child in token.children if child.dep_ in ("appos", "flat", "compound", "nmod")]
    # "A renowned surgeon (Peressild)" is a part that she plays, not what she is.
    played = [child for child in named if child.i and child.nbor(-1).text == "("]
    beside = [reading.findings.at(child) for child in named if child not in played and not preposition(child)]
    after = reading.findings.at(token.nbor(1)) if token.i + 1 < len(token.doc) else None
    for found in [*beside, after]:
        # Of a noun that is not known, only an apposition tells: "His predecessor, Tomas E., founded …", "the hoy Ida".
        craft = found is after and found is not None and found.type == "Vehicle" and token.pos_ == "NOUN"
        if found is not None and (found.type == noun.type if noun else craft or found.head.dep_ == "appos"):
            yield found
            return


def role_claims(reading: Reading, patterns: Patterns) -> Iterator[Claim]:
    """Yield what role nouns say: "the director of “X”, Klim S.", "Roscosmos chief Dmitry R.", "Doug L. (“X”)"."""
    for token in reading.doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or reading.findings.named_at(token):
            continue
        if patterns.nouns.isdisjoint((token.lemma_.lower(), token.lower_)):
            continue
        fitting = [pattern for pattern in patterns.role if _role_fits(pattern, token)]
        if not fitting:
            continue
        holders = list(reading.holders(token))
        complements = list(_complements(reading, token, holders))
        for pattern in fitting:
            for one, other in _role(pattern, holders, complements):
                yield Claim(one, pattern.predicate, other, token, pattern.score, patterns.by)


def _role_fits(pattern: Role, token: Token) -> bool:
    lemma = token.lemma_.lower() if token.lemma_.lower() in pattern.nouns else token.lower_
    if lemma not in pattern.nouns:
        return False
    before = token.nbor(-1).lower_ if token.i else ""
    return lemma not in pattern.only or before in pattern.only[lemma]


def _role(pattern: Role, holders: list[Found], complements: list[Found]) -> Iterator[tuple[Found, Found]]:
    for holder in (each for each in holders if _is_one(each, pattern.holder_types)):
        for thing in complements:
            if thing.chain != holder.chain and _is_one(thing, pattern.object_types):
                yield (thing, holder) if pattern.reverse else (holder, thing)
    if pattern.reciprocal and not (holders and complements):
        yield from combinations([each for each in holders or complements if _is_one(each, pattern.object_types)], 2)


def _complements(reading: Reading, token: Token, holders: list[Found]) -> Iterator[Found]:
    seen: set[int] = set()
    for found in [*_of_phrases(reading, token), *_possessors(reading, token), *_listed(reading, token, holders)]:
        if id(found) not in seen and found not in holders:
            seen.add(id(found))
            yield found


def _of_phrases(reading: Reading, token: Token) -> Iterator[Found]:
    for child in token.children:
        if child.dep_.startswith(("nmod", "obl")) and preposition(child) in _OF and child.i > token.i:
            for thing in things(reading, child):
                yield from reading.group_of(thing, token)
    # The next words, where the parse has missed them: "director of “The Challenge”".
    after = [t for t in token.doc[token.i + 1 : token.i + 5] if not (t.is_quote or t.lower_ in ("the", "a"))]
    if len(after) > 1 and after[0].lower_ in ("of", "at", "for"):
        found = reading.findings.at(after[1])
        if found is not None:
            yield from reading.group_of(found, token)


def _possessors(reading: Reading, token: Token) -> Iterator[Found]:
    for child in token.children:
        if child.dep_ == "nmod:poss":
            yield from things(reading, child)
    index = token.i - 1
    while index > token.sent.start and token.doc[index].pos_ in ("NOUN", "ADJ", "PART") and not _at(reading, index):
        index -= 1
    found = _at(reading, index) if index >= token.sent.start else None
    # "Airbus chief X": a name in the same noun phrase; a person only with the possessive.
    if found is not None and (found.type != "Person" or token.doc[found.span.end].lower_ in _POSSESSIVE):
        yield found


def _at(reading: Reading, index: int) -> Found | None:
    return reading.findings.at(reading.doc[index])


def _listed(reading: Reading, token: Token, holders: list[Found]) -> Iterator[Found]:
    for holder in holders:
        if holder.span.start - token.i in (1, 2) or holder.span.end < token.i:
            yield from reading.bracketed(holder.span)
