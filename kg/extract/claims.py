"""What the patterns work on and give back: a document's reading, and claims about its mentions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from kg.countries import Country, country_named
from kg.extract.dates import Tense
from kg.extract.found import Findings, Found
from kg.extract.modality import is_to_come
from kg.extract.nouns import noun_of, nouns, singular
from kg.extract.scope import governors, is_predicate
from kg.extract.times import TimeSpan, combine, find_times
from kg.extract.words import among
from kg.model import Kind

_CALLED = 4  # words before a name in apposition
_BACK = 3  # sentences that "on board" looks back for its vehicle
_COLLECTIVE = {"crew", "couple", "duo", "trio", "team"}  # singular, but of several: "the crew of the X, A, B and C"
_LIST_WORDS = {
    ",",
    "and",
    "or",
    "&",
    "as",
    "well",
    "the",
    "a",
    "an",
    "of",
    "(",
    ")",
    "center",
    "centre",
    "left",
    "right",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A pattern's proposal: two ends (or an end and words), the word that says it, and how sure the pattern is."""

    subject: Found
    predicate: str
    object: Found | str
    word: Token
    score: float
    by: str = "kg.patterns"


@dataclass(slots=True)
class Reading:
    """One document on its way to relations: the parse, the mentions, the lists they stand in, the date it is from."""

    doc: Doc
    findings: Findings
    published: date | None = None
    _groups: dict[int, list[Found]] = field(default_factory=dict)
    _times: dict[tuple[int, str], list[TimeSpan]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        group: list[Found] = []
        # The list of what a noun in the list is of: "Anna, founder of Apex and Merrow, and Ben".
        inner: list[Found] = []
        for one in self.findings.names():
            listed = self._is_next(group, one)
            if self._is_next(inner, one) and not listed:
                inner = self._joined(inner, one)
            elif group and (listed or one.type != group[-1].type) and self._is_complement(one.span):
                inner = self._joined([], one)
            else:
                group, inner = self._joined(group if listed else [], one), []

    def _joined(self, group: list[Found], one: Found) -> list[Found]:
        group = [*group, one]
        self._groups.update((id(member), group) for member in group)
        return group

    def _is_next(self, group: list[Found], one: Found) -> bool:
        if not group or one.type != group[-1].type or (len(group) == 1 and is_enclosed(self.findings, group[0], one)):
            return False
        return self._in_one_list(group[-1].span, one.span)

    def _is_complement(self, span: Span) -> bool:
        # "the director of “The Challenge”, Klim S.": the title belongs to the role, not to the list; nor does B in
        # "A, a subsidiary of B, and C".
        # "founder of Apex and Merrow" lists two of them.
        before = span.start - 1
        while before > span.sent.start and (self.doc[before].is_quote or self.doc[before].lower_ == "the"):
            before -= 1
        return self.doc[before].lower_ in ("of", "for", "at")

    def _in_one_list(self, last: Span, here: Span) -> bool:
        between = self.doc[last.end : here.start]
        if not len(between) or last.sent != here.sent or not any(t.lower_ in (",", "and", "or") for t in between):
            return False
        return all(self._list_word(token) for token in between)

    def _list_word(self, token: Token) -> bool:
        if token.lower_ in _LIST_WORDS or token.is_quote or self.findings.at(token) is not None:
            return True
        return token.pos_ == "ADJ" or noun_of(token.lemma_) is not None

    def group_of(self, found: Found, word: Token) -> list[Found]:
        """Return the list that a mention stands in ("A, B and C"), on its side of the word; itself where in none."""
        group = self._groups.get(id(found), [found])
        before = found.span.start < word.i
        return [one for one in group if (one.span.start < word.i) == before]

    def antecedents(self, pronoun: Token) -> list[Found]:
        """Return the mentions that a relative pronoun takes up: the one right before it, with its list if plural."""
        index = pronoun.i - 1
        while index > pronoun.sent.start and self.doc[index].text in (",", ")", "”", '"'):
            index -= 1
        found = self.findings.at(self.doc[index])
        if found is None:
            return []
        after = self.doc[pronoun.i + 1].lower_ if pronoun.i + 1 < len(self.doc) else ""
        plural = after in ("are", "were", "have")
        return self.group_of(found, pronoun) if plural else [found]

    def holders(self, noun: Token) -> Iterator[Found]:
        """Yield the mentions that a role noun describes: right after it, in apposition, or as its subject."""
        kind = noun_of(noun.text) or noun_of(noun.lemma_)
        after = self.findings.at(noun.nbor(1)) if noun.i + 1 < len(self.doc) else None
        if after is not None and after.kind is Kind.NAME and (kind is None or after.type == kind.type):
            yield from self.group_of(after, noun) if is_plural(noun) else [after]
            return
        found = self._next_apposition(noun) or self._previous_apposition(noun)
        if found is not None:
            yield from self.group_of(found, noun) if noun.lower_ in _COLLECTIVE else [found]
        elif any(child.dep_ == "cop" for child in noun.children):
            for child in noun.children:
                if child.dep_.startswith("nsubj"):
                    subject = self.findings.at(child)
                    together = self.group_of(subject, noun) if subject and is_plural(noun) else [subject]
                    yield from (one for one in together if one is not None)

    def is_name_after(self, token: Token) -> bool:
        """Tell whether a person's name begins right after the token."""
        after = self.findings.at(token.nbor(1)) if token.i + 1 < len(self.doc) else None
        return after is not None and after.kind is Kind.NAME and after.type == "Person"

    def _next_apposition(self, noun: Token) -> Found | None:
        # "the director of “The Challenge”, Klim Schipenko, and the cosmonaut …": roles come before their names.
        end = self._phrase_end(noun)
        if is_plural(noun):
            return None
        if end + 1 < len(self.doc) and self.doc[end].text == "," and self.doc[end].sent == noun.sent:
            found = _called_from(self.findings, end + 1)
            previous = self._previous_apposition(noun)
            if found and found.type == "Person" and found.kind is Kind.NAME and not self._says(found):
                return found if previous is None or self._role_first(found) else None
        return None

    def _says(self, found: Found) -> bool:
        # "He will not lead Apex, Anna Vale said": no comma ends an apposition, for none began.
        after = self.doc[found.span.end] if found.span.end < len(self.doc) else None
        return after is not None and among(after, "said") and after.tag_ in ("VBD", "VBZ", "VBP")

    def _role_first(self, found: Found) -> bool:
        group = self._groups.get(id(found), [])
        last = group[-1] if group else found
        before = self.doc[last.span.start - 1] if last.span.start else None
        return last is not found and before is not None and noun_of(before.lemma_) is not None

    def _phrase_end(self, noun: Token) -> int:
        index = noun.i + 1
        while index < noun.sent.end and (
            self.doc[index].lower_ in ("of", "the", "for", "at")
            or self.doc[index].is_quote
            or self._name_at(index)
            or (index + 1 < noun.sent.end and noun_of(self.doc[index].lemma_) is not None and self._name_at(index + 1))
        ):
            index += 1
        return index

    def _name_at(self, index: int) -> bool:
        return self.findings.at(self.doc[index]) is not None

    def _previous_apposition(self, noun: Token) -> Found | None:
        # "Klim Schipenko, the director of …", "… (right), the director"
        kind = noun_of(noun.lemma_)
        index = min([noun.i, *(t.i for t in noun.lefts if t.dep_ in ("det", "amod", "compound", "nmod:poss"))]) - 1
        if index > noun.sent.start and self.doc[index].text == ",":
            found = self.findings.at(self.doc[index - 1])
            if found is not None and (kind is None or found.type == kind.type):
                return found
        head = self.findings.at(noun.head) if noun.dep_ == "appos" else None
        return head if head is not None and (kind is None or head.type == kind.type) else None

    def bracketed(self, span: Span) -> list[Found]:
        """Return the works listed in brackets right after the span."""
        if span.end >= len(self.doc) or self.doc[span.end].text != "(":
            return []
        found: list[Found] = []
        for token in self.doc[span.end + 1 : span.sent.end]:
            if token.text == ")":
                break
            here = self.findings.at(token)
            if here is not None and here.type == "Work" and here not in found:
                found.append(here)
        return found

    def vehicle_before(self, word: Token) -> Found | None:
        """Return the vehicle that "on board" means where it names none: the last that was a subject, else the last."""
        near = [f for f in self.findings.behind(word, sentences=_BACK) if f.type == "Vehicle"]
        subjects = [f for f in near if any(t.dep_.startswith("nsubj") for t in f.span)]
        return next(iter(subjects or near), None)

    def country(self, token: Token, country: Country) -> Found:
        """Return the mention of a country that an adjective or name at that token speaks of, adding one if need be.

        An adjective is no name, but what it says has an end: "Russian" is a description that stands for "Russia".
        """
        here = self.findings.at(token)
        if here is not None:
            return here
        named = [f for f in self.findings.names("Place") if country_named(f.text) is country]
        chain = named[0].chain if named else self.findings.new_chain(country.name)
        span = self.doc[token.i : token.i + 1]
        found = Found(span, "Place", Kind.DESCRIPTION, "Country", country.name, chain, 0.9, "kg.countries")
        self.findings.add(found)
        return found

    def time_at(self, word: Token) -> str:
        """Return when the clause of that word takes place, "" where its sentence does not tell."""
        return combine(self._times_of(word))

    def times_in(self, sentence: Span) -> list[TimeSpan]:
        """Return the times that a sentence names, with offsets into it."""
        return self._times_told(sentence, None)

    def time_place(self, word: Token) -> tuple[int, int]:
        """Return the characters of the document from the first to the last word of that time."""
        times, offset = self._times_of(word), word.sent.start_char
        told = [time for time in times if time.value == combine(times)] or times
        return offset + min(time.start for time in told), offset + max(time.end for time in told)

    def _times_of(self, word: Token) -> list[TimeSpan]:
        sentence = word.sent
        tense: Tense | None = "future" if is_to_come(word) else None
        clauses = {token.i for token in governors(word)}
        times = self._times_told(sentence, tense)
        return [time for time in times if _is_shared(word, time, _clause_of(time, sentence), clauses)]

    def _times_told(self, sentence: Span, tense: Tense | None) -> list[TimeSpan]:
        key = (sentence.start, tense or "")
        if key not in self._times:
            self._times[key] = find_times(sentence.text, published=self.published, tense=tense)
        return self._times[key]


def _called_from(findings: Findings, index: int) -> Found | None:
    # ", Peter Lindgren", ", the surgeon Peter Lindgren"
    for token in findings.doc[index : index + _CALLED]:
        found = findings.at(token)
        if found is not None or token.pos_ not in ("DET", "ADJ", "NOUN"):
            return found
    return None


def _clause_of(time: TimeSpan, sentence: Span) -> int:
    """Return the predicate whose clause a time stands in: "who joined in 2009" says nothing of the main clause.

    A description has its own: "Mia Ros, captain since 2019, was aboard".
    """
    offset = sentence.start_char
    span = sentence.doc.char_span(offset + time.start, offset + time.end, alignment_mode="expand")
    token = span.root if span is not None else sentence.root
    first = span.start if span is not None else sentence.start
    while token.head != token and not is_predicate(token) and not _describes(token, first, time):
        token = token.head
    return token.i


def _is_shared(word: Token, time: TimeSpan, clause: int, clauses: set[int]) -> bool:
    """Tell whether a time told in a clause is the word's too: "resigned in 2005 and died in Hull" dates no death."""
    if clause not in clauses:
        return False
    begin, offset = time.start + word.sent.start_char, word.doc[clause].idx
    between = [token for token in word.sent if begin < token.idx < word.idx]
    return clause == word.i or not (offset < begin and any(token.dep_ == "cc" for token in between))


def _describes(noun: Token, first: int, time: TimeSpan) -> bool:
    # Tells whether the time before which `first` words stand is told of a description that the noun is, or heads.
    if noun.i >= first:
        return False
    if noun.dep_ == "appos":
        return noun.pos_ == "NOUN"
    lasting = time.grain == "interval" and noun.dep_.startswith("nsubj")
    return lasting and any(token.pos_ == "NOUN" for token in noun.doc[noun.i : first])


def is_plural(noun: Token) -> bool:
    """Tell whether a noun is plural, by its tag or by its ending where it is known without."""
    return noun.tag_ in ("NNS", "NNPS") or (noun.lower_ not in nouns() and singular(noun.lower_) in nouns())


def is_enclosed(findings: Findings, one: Found, other: Found) -> bool:
    """Tell whether a place and the next are one in another: "South Bend, Indiana"; not "Bonn, Ulm(,) and Trier"."""
    doc, end = findings.doc, other.span.end
    if one.type != "Place" or doc[one.span.end : other.span.start].text != ",":
        return False
    words = [token for token in doc[end : end + 4] if token.lower_ not in ("the", "also")]
    joints = list(takewhile(lambda token: token.lower_ in (",", "and", "or", "&"), words))
    after = findings.at(words[len(joints)]) if joints and len(words) > len(joints) else None
    if after is None or after.type != "Place":
        return True
    # "in Dayton, Ohio, and El Paso, Texas" is a list of towns.
    last = [findings.at(token) for token in doc[after.span.end + 1 : after.span.end + 2]]
    pair = doc[after.span.end : after.span.end + 1].text == "," and bool(last) and last[0] is not None
    return len(joints) > 1 and pair
