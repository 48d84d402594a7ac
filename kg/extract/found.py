"""Mentions in the making: where things are spoken of in a parsed document, before they become records."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.model import Kind


@dataclass(slots=True)
class Found:
    """A span of a `Doc` with the type, kind and chain of the thing it speaks of; `name` where that is not its text."""

    span: Span
    type: str
    kind: Kind = Kind.NAME
    subtype: str | None = None
    name: str | None = None
    chain: int = -1
    score: float = 1.0
    by: str = ""

    @property
    def text(self) -> str:
        """The name that it stands for, or its text."""
        return self.name or self.span.text

    @property
    def head(self) -> Token:
        """The token by which the rest of the sentence reaches it."""
        return self.span.root


def _place(found: Found) -> tuple[int, int]:
    return found.span.start, found.span.end


class Findings:
    """The mentions of one document: in its order, by token, and by chain."""

    def __init__(self, doc: Doc, found: list[Found]) -> None:
        self.doc = doc
        self.all: list[Found] = sorted(found, key=_place)
        self._sentences = _numbered(doc)
        self._by_token: dict[int, Found] = {}
        self._by_chain: dict[int, list[Found]] = {}
        for each in self.all:
            self._index(each)

    def _index(self, found: Found) -> None:
        for token in found.span:
            self._by_token.setdefault(token.i, found)
        if found.chain >= 0:
            self._by_chain.setdefault(found.chain, []).append(found)

    def add(self, found: Found) -> None:
        """Add a mention; where two claim a token it stays with the earlier added."""
        insort(self.all, found, key=_place)
        self._index(found)

    def drop(self, found: list[Found]) -> None:
        """Forget mentions that stand in no chain yet."""
        gone = {id(each) for each in found}
        self.all = [each for each in self.all if id(each) not in gone]
        self._by_token = {index: each for index, each in self._by_token.items() if id(each) not in gone}

    def set_chain(self, found: Found, chain: int) -> None:
        """Put a mention that stands in none yet into a chain."""
        found.chain = chain
        self._by_chain.setdefault(chain, []).append(found)

    def new_chain(self, name: str) -> int:
        """Return the chain of a thing that has no name of its own here: the same for the same name."""
        known = next((f.chain for f in self.all if f.name == name), None)
        return 1 + max(self._by_chain, default=-1) if known is None else known

    def at(self, token: Token) -> Found | None:
        """Return the mention that the token belongs to."""
        return self._by_token.get(token.i)

    def named_at(self, token: Token) -> bool:
        """Tell whether the token belongs to a name."""
        found = self.at(token)
        return found is not None and found.kind is Kind.NAME

    def names(self, kind: str | None = None) -> list[Found]:
        """Return the mentions by name, of one type or of all, in the document's order."""
        return [f for f in self.all if f.kind is Kind.NAME and kind in (None, f.type)]

    def chains(self) -> dict[int, list[Found]]:
        """Return the mentions of each chain, as they were added."""
        return self._by_chain

    def sentence(self, token: Token) -> int:
        """Return the number of the token's sentence."""
        return self._sentences[token.i]

    def behind(self, token: Token, *, sentences: int) -> Iterator[Found]:
        """Yield the mentions before a token, the nearest first, as far back as so many sentences."""
        last = bisect_left(self.all, (token.i, 0), key=_place)
        for found in reversed(self.all[:last]):
            if self.sentence(token) - self._sentences[found.span.start] > sentences:
                return
            if found.span.end <= token.i:
                yield found


def _numbered(doc: Doc) -> list[int]:
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(max(number, 0))
    return numbers
