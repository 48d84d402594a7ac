"""Which names of one document name the same thing.

Names join on what names do in a text: a surname after the full name, an acronym, a short form, another spelling. The
same words get the same type, and the nouns beside a name ("the space agency Roscosmos") vote on what it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from kg.countries import country_named
from kg.dateline import dateline_at
from kg.extract.found import Findings, Found
from kg.extract.nouns import Noun, noun_of, subtype_in_name
from kg.names import fold, initials, is_acronym, is_short_form, is_spelling_variant, plain

_CREDIT_VOTE = 1.0
_DATELINE_VOTE = 1.5
_SURE_SURNAME = 0.95
_DESIGNATION_VOTE = 1.0
_SURE_ENOUGH = {"Organisation": 0.6, "Work": 0.6}  # by UNER EWT dev: these are guessed most
_NOUN_VOTE = 0.8  # what "the agency" before a name counts beside the model's own score


def join_names(findings: Findings) -> None:
    """Give every name its chain, numbered in the order of the text, and one type and subtype to each chain."""
    defined = _definitions(findings)
    findings.drop(_agree_on_types(findings, defined))
    chains = _joined(findings.all, defined)
    for number, chain in enumerate(sorted(chains, key=lambda chain: min(f.span.start for f in chain))):
        for each in chain:
            findings.set_chain(each, number)
    for chain in findings.chains().values():
        _agree_on_subtype(chain)


def _definitions(findings: Findings) -> dict[str, str]:
    """Return what the text itself defines in brackets: "Alternative für Deutschland (AfD)", "USS Cole (DDG-67)"."""
    found: dict[str, str] = {}
    text = findings.doc.text
    for long, short in zip(findings.all, findings.all[1:], strict=False):
        between = text[long.span.end_char : short.span.start_char]
        closed = text[short.span.end_char : short.span.end_char + 1] == ")"
        capitals = sum(map(str.isupper, short.text)) > 1 and " " not in short.text and len(short.text) < 9
        if between == " (" and closed and capitals and "Person" not in (long.type, short.type):
            found.setdefault(plain(short.text), plain(long.text))
    return found


def _agree_on_types(findings: Findings, defined: dict[str, str]) -> list[Found]:
    """Set each name's type by vote, and return those whose name no mention, noun or place in the text makes sure."""
    # One text uses a name, its acronym and its other spellings for one thing, so they vote together.
    long_forms = {initials(each.text): fold(plain(each.text)) for each in findings.all if len(initials(each.text)) > 2}
    long_forms |= {bare: fold(plain(each.text)) for each in findings.all if (bare := _without_prefix(each))}
    long_forms |= _surnames(findings)
    long_forms |= {short: fold(long) for short, long in defined.items()}
    ballots: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    text = findings.doc.text
    keys = [_ballot(each, long_forms) for each in findings.all]
    heads = {key: own for key, each in zip(keys, findings.all, strict=True) if (own := _last_word(each)) is not None}
    for key, each in zip(keys, findings.all, strict=True):
        ballots[key][each.type] += each.score
        # A noun after the name has it for a part ("SpaceX spaceship"), so it does not vote.
        told = [n for t, n in nouns_beside(each) if t.i != each.span.end] + ([heads[key]] if key in heads else [])
        for noun in told:
            ballots[key][noun.type] += _NOUN_VOTE
        if each.subtype is not None:  # a designation, told by its form
            ballots[key][each.type] += _DESIGNATION_VOTE
        if each.type != "Person" and _is_dateline(each, text):
            ballots[key]["Place"] += _DATELINE_VOTE
        if _is_credit(each):
            ballots[key]["Organisation"] += _CREDIT_VOTE
    best: defaultdict[str, float] = defaultdict(float)
    for key, each in zip(keys, findings.all, strict=True):
        elected = max(sorted(ballots[key]), key=lambda kind: ballots[key][kind])
        each.type, each.subtype = elected, each.subtype if elected == each.type else None
        best[key] = max(best[key], each.score)
    pairs = zip(keys, findings.all, strict=True)
    return [each for key, each in pairs if ballots[key][each.type] < 1 and best[key] < _SURE_ENOUGH.get(each.type, 0)]


def _without_prefix(each: Found) -> str:
    # "the Nordlys" after "MS Nordlys" is the ship.
    return plain(each.text.split(maxsplit=1)[1]) if each.subtype == "Ship" and " " in each.text else ""


def _surnames(findings: Findings) -> dict[str, str]:
    """Return the surnames whose full name the text has once; a doubtful reading of one alone is that person."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    for each in findings.all:
        if each.type == "Person" and " " in each.text:
            full[plain(each.text).split()[-1]].add(fold(plain(each.text)))
    doubted = {plain(f.text) for f in findings.all if f.type in ("Organisation", "Work") and f.score < _SURE_SURNAME}
    return {surname: next(iter(names)) for surname, names in full.items() if len(names) == 1 and surname in doubted}


def _ballot(each: Found, long_forms: dict[str, str]) -> str:
    if plain(each.text) in long_forms and " " not in each.text:
        return long_forms[plain(each.text)]
    letters = each.text.replace(".", "")
    if letters.isupper() and letters.lower() in long_forms:
        return long_forms[letters.lower()]
    return fold(plain(each.text))


def _is_dateline(each: Found, text: str) -> bool:
    # "CARDIFF, 2 May 2024 – …"
    start = each.span.start_char
    return (not start or text[start - 1] == "\n") and dateline_at(text, start) is not None


def _is_credit(each: Found) -> bool:
    # "… are ready to shoot. Keystone": a caption ends, then a name ends the line without a stop.
    doc, span = each.span.doc, each.span
    ends = span.end == len(doc) or "\n" in doc[span.end].text
    before = doc[span.start - 1].text if span.start else ""
    photo = before == ":" and span.start > 1 and doc[span.start - 2].lower_ in ("photo", "picture", "image", "credit")
    return ends and (before in (".", "/") or photo) and each.type != "Person"


def _last_word(each: Found) -> Noun | None:
    # "International Space Station", "Volga River": the head of a name says what it names, save in a title.
    words = each.span.text.lower().split()
    return noun_of(words[-1], words[-2]) if len(words) > 1 and each.type != "Work" else None


def _joined(names: list[Found], defined: dict[str, str]) -> list[list[Found]]:
    chains: list[list[Found]] = []
    by_key: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    by_name: dict[tuple[str, str], int] = {}
    starts: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for each in names:
        starts[each.type, plain(each.text)].append(each.span.start)
    # Longer names first: the short ones find what they shorten, whatever their order in the text.
    for each in sorted(names, key=lambda f: (-len(f.text.split()), f.span.start)):
        name = (each.type, plain(each.text))
        if name not in by_name:
            fits = [n for n in _candidates(each, by_key) if _same(each, chains[n])]
            long = by_name.get((each.type, defined.get(name[1], "")))
            shared = each.type == "Person" and len(fits) > 1
            only = _named_yet(starts[name], chains, fits) if shared else None
            # A surname or short name that two share may mean either: it stays alone.
            if long is not None:
                by_name[name] = long
            elif only is not None:
                by_name[name] = only
            elif fits and (len(fits) == 1 or each.type not in ("Person", "Organisation")):
                by_name[name] = min(fits, key=lambda n: (_distance(each, chains[n]), n))
            else:
                by_name[name] = len(chains)
                chains.append([])
            for key in _keys(each):
                by_key[key].append(by_name[name])
        chains[by_name[name]].append(each)
    return chains


def _named_yet(starts: list[int], chains: list[list[Found]], fits: list[int]) -> int | None:
    # "Alan Kurdi … Kurdi … Abdullah Kurdi … Kurdi": the only one who had been named when it came up.
    before = [n for n in fits if min(f.span.start for f in chains[n]) < min(starts)]
    return before[0] if len(before) == 1 else None


def _candidates(each: Found, by_key: dict[tuple[str, str], list[int]]) -> list[int]:
    return sorted({number for key in _keys(each) for number in by_key.get(key, ())})


def _keys(each: Found) -> Iterator[tuple[str, str]]:
    words = plain(each.text).split()
    yield from ((each.type, word) for word in {*words[:1], *words[-1:]})
    yield each.type, fold(plain(each.text))[:4]
    yield each.type, initials(each.text) or plain(each.text).replace(".", "")
    country = country_named(each.text)
    if country is not None:
        yield each.type, country.name


def _distance(each: Found, chain: list[Found]) -> int:
    return min(abs(other.span.start - each.span.start) for other in chain)


def _same(each: Found, chain: list[Found]) -> bool:
    return any(_same_name(each.text, name, each.type) for name in {other.text for other in chain})


def _same_name(short: str, long: str, kind: str) -> bool:
    if plain(short) == plain(long):
        return True
    if kind == "Place":
        country = country_named(short)
        return (country is not None and country is country_named(long)) or is_acronym(short, long)
    acronym = kind != "Person" and is_acronym(short, long)
    # "Jordan" is no Jordan Hayes.
    shortened = is_short_form(short, long, kind) and country_named(short) is None
    return acronym or shortened or is_spelling_variant(short, long)


def _agree_on_subtype(chain: list[Found]) -> None:
    counted = Counter(told for each in chain if (told := _subtype_told(each)))
    subtype = max(sorted(counted), key=lambda s: counted[s]) if counted else None
    for each in chain:
        each.subtype = each.subtype or subtype


def _subtype_told(each: Found) -> str | None:
    if each.type == "Place" and country_named(each.text):
        return "Country"
    told = subtype_in_name(each.span.text, each.type)
    return told or next((n.subtype for _, n in nouns_beside(each) if n.type == each.type and n.subtype), None)


def nouns_beside(each: Found) -> list[tuple[Token, Noun]]:
    """Return the nouns that call a name something: "cosmonaut Anton …", "the Baikonur spaceport", "X, an agency"."""
    doc, span = each.span.doc, each.span
    near: list[Token] = []
    if span.start and doc[span.start - 1].pos_ == "NOUN":
        near.append(doc[span.start - 1])
    if span.end < len(doc) and doc[span.end].tag_ == "NN" and each.head.head.i == span.end:
        near.append(doc[span.end])
    if doc.has_annotation("DEP"):
        near += [child for child in each.head.children if child.dep_ == "appos" and child.pos_ == "NOUN"]
    known = ((token, noun_at(token)) for token in near)
    return [(token, noun) for token, noun in known if noun is not None]


def noun_at(token: Token) -> Noun | None:
    """Return what a noun of the text calls a thing, with the noun before it where the two are one ("space station")."""
    before = token.nbor(-1).lemma_ if token.i and token.nbor(-1).pos_ in ("NOUN", "PROPN", "ADJ") else ""
    return noun_of(token.lemma_, before) or noun_of(token.text)
