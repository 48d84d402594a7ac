"""Which statements a person says are wrong: found again whatever else becomes of the space.

A refutation is about one stretch of one document. It finds what it meant by the mentions at both ends, so that it holds
whatever entities these belong to now, and by the words it quotes, so that it moves with them in an edited text. Where
the words are gone, or an end is no mention any more, it sleeps.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.model import Extraction, Literal, Mention, Refutation, Statement


class Refuted:
    """The refutations that hold, to ask about one statement after the other; their order tells nothing."""

    def __init__(
        self,
        refutations: Iterable[Refutation],
        extractions: Iterable[Extraction],
        texts: Mapping[str, str],
        owner: Mapping[str, str],
    ) -> None:
        self._of: defaultdict[str, list[Refutation]] = defaultdict(list)
        for one in refutations:
            self._of[one.document].append(one)
        self._mentions = {each.document: each.mentions for each in extractions if each.document in self._of}
        self._texts, self._owner = texts, owner

    def holds(self, statement: Statement) -> bool:
        """Tell whether a person says that the statement is wrong."""
        return any(self._means(one, statement) for one in self._of.get(statement.document, ()))

    def _means(self, one: Refutation, statement: Statement) -> bool:
        """Tell whether the statement says the same of the same ends, in the same way, in the same place."""
        if (one.predicate, one.modality) != (statement.predicate, statement.modality):
            return False
        moved = self._moved(one)
        if moved is None or not _overlap((one.start + moved, one.end + moved), (statement.start, statement.end)):
            return False
        if isinstance(one.object, Literal) or isinstance(statement.object, Literal):
            fits = one.object == statement.object
        else:
            fits = statement.object in self._entities(one.document, one.object, moved)
        return fits and statement.subject in self._entities(one.document, one.subject, moved)

    def _moved(self, one: Refutation) -> int | None:
        """Return by how many characters the quoted words have moved, None where they are gone."""
        text = self._texts.get(one.document, "")
        if text[one.start : one.end] == one.quote:
            return 0
        at = text.find(one.quote)
        return None if at < 0 else at - one.start

    def _entities(self, document: str, mention: str, moved: int) -> set[str]:
        """Return the entities of what is mentioned where that mention was: of it alone where it is still there."""
        start, end = place(mention)
        here = (start + moved, end + moved)
        mentions = [one for one in self._mentions.get(document, ()) if _overlap(here, (one.start, one.end))]
        same = [one for one in mentions if (one.start, one.end) == here]
        return {owner for one in same or mentions if (owner := self._owned(one))}

    def _owned(self, mention: Mention) -> str | None:
        return self._owner.get(mention.id)


def place(mention: str) -> tuple[int, int]:
    """Return where the mention of that id begins and ends."""
    start, end = mention.rpartition("#char=")[2].split(",")
    return int(start), int(end)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one == other or (one[0] < other[1] and other[0] < one[1])
