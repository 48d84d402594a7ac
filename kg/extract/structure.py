"""Relations that stand in noun phrases rather than clauses: "Baikonur in Kazakhstan", "the Russian agency Roscosmos",
"actress Julija Peressild", "her film"."""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.countries import Country, country_named, country_of
from kg.extract.claims import Claim, Reading, is_enclosed, is_plural
from kg.extract.found import Found
from kg.extract.nouns import OFFICE_WORDS, Noun, noun_of, singular
from kg.model import Kind

_HEADS_OF_STATE = frozenset("president premier chancellor king queen emperor empress sultan leader".split())
_OF_A_CONTINENT = frozenset({"south", "north", "latin", "central", "native", "pan"})
_BELONGS = {"Person": "citizenOf", "Organisation": "countryOf", "Vehicle": "countryOf"}


def structure_claims(reading: Reading) -> Iterator[Claim]:
    """Yield what the noun phrases of the document say."""
    offices: list[Claim] = []
    for pair in pairwise(reading.findings.names()):
        yield from _placed(reading, *pair)
        yield from _model(*pair)
    for token in reading.doc:
        country = _country_at(reading, token)
        if country is not None:
            yield from _belonging(reading, token, country)
        if not reading.findings.named_at(token):
            offices += _office(reading, token)
    yield from offices
    yield from _own_works(reading, offices)


def _placed(reading: Reading, one: Found, other: Found) -> Iterator[Claim]:
    if other.type != "Place" or one.type not in ("Place", "Organisation") or one.span.sent != other.span.sent:
        return
    between = reading.doc[one.span.end : other.span.start]
    words = [
        t.lower_ for t in between if not (t.lower_ == "the" or _is_noun(t, "Place") or _is_noun(t, "Organisation"))
    ]
    if words in (["in"], [",", "in"]) and (one.type == "Place" or between[0].lower_ == "in"):
        yield Claim(one, "locatedIn", other, between[-1], 0.85 if one.type == "Place" else 0.6, "kg.structure")
    # "Tampa, Florida," and "Bonn, Germany" but not "Bonn, Ulm and Trier".
    nested = one.subtype != "Country" and is_enclosed(reading.findings, one, other) and not _listed(reading, one, other)
    if nested:
        yield Claim(one, "locatedIn", other, between[0], 0.7, "kg.structure")


def _listed(reading: Reading, one: Found, other: Found) -> bool:
    doc, start, end = reading.doc, one.span.start, other.span.end
    before = reading.findings.at(doc[start - 2]) if start > 1 and doc[start - 1].text == "," else None
    after = reading.findings.at(doc[end + 1]) if end + 1 < len(doc) and doc[end].text == "," else None
    return any(f is not None and f.type == "Place" and f.span.sent == one.span.sent for f in (before, after))


def _is_noun(token: Token, kind: str) -> bool:
    noun = noun_of(token.lemma_)
    return token.pos_ == "NOUN" and noun is not None and noun.type == kind


def _model(one: Found, other: Found) -> Iterator[Claim]:
    # "the Endurance, a Crew Dragon"
    if not one.type == other.type == "Vehicle" or one.chain == other.chain:
        return
    if one.span.doc[one.span.end : other.span.start].text.lower() in (", a", ", an"):
        yield Claim(one, "modelOf", other, other.head, 0.8, "kg.structure")


def _country_at(reading: Reading, token: Token) -> Country | None:
    here = reading.findings.at(token)
    if token.i and token.nbor(-1).lower_ in _OF_A_CONTINENT and token.lower_.startswith("american"):
        return None
    if here is None:
        return country_of(token.text) if token.pos_ in ("ADJ", "PROPN", "NOUN") and token.text[0].isupper() else None
    # "US companies": the name of the country itself, before a noun and with no preposition of its own to it.
    last = here.span[-1]
    alone = here.kind is Kind.NAME and here.type == "Place" and token.i == last.i
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return country_named(here.span.text) if alone and after.pos_ in ("NOUN", "ADJ") else None


def _belonging(reading: Reading, token: Token, country: Country) -> Iterator[Claim]:
    noun: Noun | None = None
    index = token.i + 1
    while index < token.sent.end:
        word = reading.doc[index]
        found = reading.findings.at(word)
        if found is not None:
            break
        if word.pos_ not in ("ADJ", "NOUN", "PROPN", "VERB") and word.text not in ("-", "“", '"'):
            return
        noun = noun_of(word.lemma_, reading.doc[index - 1].lemma_) if word.pos_ in ("NOUN", "PROPN") else noun
        index += 1
    else:
        return
    if found.kind is not Kind.NAME or found.type not in _BELONGS or (noun is not None and noun.type != found.type):
        return
    if noun is None and index > token.i + 1:
        return
    plural = noun is not None and is_plural(reading.doc[index - 1])
    place = reading.country(token, country)
    for one in reading.group_of(found, token) if plural else [found]:
        yield Claim(one, _BELONGS[found.type], place, token, 0.8, "kg.structure")
        if noun is not None and _heads_state(reading.doc[index - 1]):
            yield Claim(one, "leads", place, reading.doc[index - 1], 0.7, "kg.structure")


def _heads_state(noun: Token) -> bool:
    # Of the ministers only the prime one.
    word = noun.lower_
    return word in _HEADS_OF_STATE or (word == "minister" and noun.nbor(-1).lower_ == "prime")


def _office(reading: Reading, token: Token) -> Iterator[Claim]:
    noun = noun_of(token.text) or noun_of(token.lemma_)
    if noun is None or noun.type != "Person" or noun.role not in ("occupation", "office"):
        return
    # The tagger can miss a rare noun, but not one that a name follows.
    if token.pos_ not in ("NOUN", "PROPN", "ADJ") and not reading.is_name_after(token):
        return
    predicate = "occupation" if noun.role == "occupation" else "holdsPosition"
    for holder in reading.holders(token):
        if holder.type == "Person":
            yield Claim(holder, predicate, _title(reading, token, noun), token, 0.8, "kg.structure")


def _title(reading: Reading, token: Token, noun: Noun) -> str:
    own = token.text if token.is_upper and len(token) < 5 else token.lower_
    words = [singular(own) if is_plural(token) else own]
    for before in reversed(reading.doc[token.sent.start : token.i]):
        common = before.is_lower or before.is_sent_start
        compound = (
            common and before.tag_ in ("NN", "NNP") and before.dep_ == "compound" and before.head.i <= token.i + 2
        )
        named = noun.role == "office" and before.lower_ in OFFICE_WORDS
        if reading.findings.at(before) is not None or not (compound or named):
            break
        words.insert(0, before.lower_)
    return " ".join(words)


def _own_works(reading: Reading, offices: list[Claim]) -> Iterator[Claim]:
    # "her film": an actress is in it, a director made it.
    roles: dict[int, set[str]] = {}
    for claim in offices:
        if claim.predicate == "occupation":
            roles.setdefault(claim.subject.chain, set()).add(str(claim.object).split()[-1])
    for each in reading.findings.all:
        if each.type != "Work" or each.kind is not Kind.DESCRIPTION:
            continue
        owner = reading.findings.at(reading.doc[each.span.start - 1]) if each.span.start else None
        told = roles.get(owner.chain, set()) if owner is not None and owner.kind is Kind.PRONOUN else set()
        if owner is not None and told & {"actor", "actress"}:
            yield Claim(owner, "castIn", each, each.head, 0.7, "kg.structure")
        if owner is not None and told & {"director", "filmmaker"}:
            yield Claim(owner, "directorOf", each, each.head, 0.6, "kg.structure")
