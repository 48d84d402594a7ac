"""Who does what in a parsed clause: the arguments of a word under Universal Dependencies, by their deep roles.

`agent` and `patient` are the subject and object of the active clause, whatever the voice; prepositional arguments go
by their preposition ("from", "on board"). Subjects reach across control ("is scheduled to take off"), coordination
("take off and fly") and relative clauses ("who are on the ship").
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.scope import undertaking
from kg.extract.words import among

Arguments = dict[str, list[Token]]
_CORE = {"nsubj": "agent", "csubj": "agent", "obj": "patient", "iobj": "patient"}
_JOINED = {"conj", "xcomp", "advcl", "parataxis", "ccomp"}
_RELATIVE = {"who", "which", "that", "whom"}
_TWO_WORDS = {("on", "board"), ("en", "route"), ("next", "to"), ("out", "of"), ("close", "to"), ("outside", "of")}


def arguments(word: Token) -> Arguments:
    """Return the arguments of a verb, or of a noun or adjective that is the predicate, by role."""
    found: Arguments = {}
    for child in word.children:
        for role in _roles(child, word):
            found.setdefault(role, []).append(child)
    _relative(word, found)
    _shared(word, found)
    for role, tokens in found.items():
        found[role] = [other for token in tokens for other in expanded(token)]
    return found


def is_passive(verb: Token) -> bool:
    """Tell whether the verb is a passive participle, with its auxiliary or without ("a plant owned by X")."""
    if any(child.dep_ in ("aux:pass", "nsubj:pass") for child in verb.children):
        return True
    reduced = verb.dep_ in ("acl", "amod", "advcl") and verb.tag_ in ("VBN", "VBD")
    return reduced and not any(child.dep_ in ("nsubj", "aux") for child in verb.children)


def preposition(token: Token) -> str:
    """Return the lower-cased preposition that governs a noun, "" where there is none; two words where they are one."""
    # "with the tanker Gannet": where the name is the head, the noun before it may have the preposition.
    heads = [token, *(child for child in token.lefts if child.dep_ == "nmod:desc")]
    cases = [child for one in heads for child in one.lefts if child.dep_ == "case" and child.lower_ != "'s"]
    if not cases:
        return ""
    first = min(cases, key=lambda case: case.i)
    after = first.nbor(1).lower_ if first.i + 1 < len(first.doc) else ""
    return f"{first.lower_} {after}" if (first.lower_, after) in _TWO_WORDS else first.lower_


def expanded(token: Token) -> Iterator[Token]:
    """Yield a noun and the nouns coordinated with it, "A, B and C" from A."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "X"):
            yield from expanded(child)


def _roles(child: Token, word: Token) -> Iterator[str]:
    kind = child.dep_.split(":")[0]
    if kind in _CORE:
        passive = child.dep_ == "nsubj:pass" or (kind == "nsubj" and is_passive(word))
        yield "patient" if passive else _CORE[kind]
    elif kind in ("obl", "nmod") or (kind == "advmod" and preposition(child)):
        place = preposition(child)
        if place == "by" and (is_passive(word) or word.pos_ == "NOUN"):
            yield "agent"
        if place:
            yield place


def _relative(word: Token, found: Arguments) -> None:
    if not word.dep_.startswith("acl"):
        return
    noun = word.head
    if undertaking(word) is not None:
        found["patient" if is_passive(word) else "agent"] = _undertakers(noun)
        return
    for role in ("agent", "patient"):
        if any(token.lower_ in _RELATIVE for token in found.get(role, ())):
            found[role] = [noun]
            return
    if word.tag_ in ("VBN", "VBD") and is_passive(word):
        found.setdefault("patient", [noun])
    elif word.tag_ == "VBG" or word.dep_ == "acl":
        found.setdefault("agent", [noun])


def _undertakers(noun: Token) -> list[Token]:
    # "Apex signed a deal to buy Merrow", "Apex's deal to buy Merrow", not "Apex opposed a deal to buy Merrow"
    owners = [child for child in noun.children if child.dep_ == "nmod:poss"]
    made = noun.dep_ in ("obj", "obl") and among(noun.head, "undertaking_verbs")
    return owners or (arguments(noun.head).get("agent", []) if made else [])


def _shared(word: Token, found: Arguments) -> None:
    # A clause without a subject of its own takes its governor's.
    seen = {word.i}
    governor = word
    while "agent" not in found and not is_passive(word) or ("patient" not in found and is_passive(word)):
        if governor.dep_ not in _JOINED or governor.head.i in seen:
            return
        governor = governor.head
        seen.add(governor.i)
        above: Arguments = {}
        for child in governor.children:
            for role in _roles(child, governor):
                above.setdefault(role, []).append(child)
        _relative(governor, above)
        subject = above.get("agent") or (above.get("patient") if is_passive(governor) else None)
        if subject:
            found["patient" if is_passive(word) else "agent"] = subject
            return
