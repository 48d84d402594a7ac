"""Names by a GLiNER model (Zaratiana et al. 2024), which finds whatever types it is told, where `gliner` is installed.

A model sees only so many words at once and drops the rest, so a text goes to it in windows of whole sentences.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache

import spacy
from spacy.language import Language

from kg.errors import InputError, MissingExtra
from kg.extract.tagger import Name

THRESHOLD = 0.5  # the least probability of a name, as the library has it
# Characters of a window: fewer than any encoder's 512 word pieces, the labels among them, whatever the words are.
LENGTH = 900
_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")  # as the library counts


class GlinerNames:
    """The names that a GLiNER model finds in a text: `labels` gives the type of each thing to look for."""

    def __init__(self, model: str, labels: Mapping[str, str]) -> None:
        try:
            from gliner import GLiNER
        except ModuleNotFoundError as error:
            raise MissingExtra(error.name or "gliner", "gliner") from error
        try:
            self.model = GLiNER.from_pretrained(model)
        except (OSError, ValueError) as error:
            raise InputError(f"GLiNER cannot load it: {error}", path=model) from error
        self.labels = labels

    def __call__(self, text: str) -> list[Name]:
        """Return the names in the text, in its order, with the model's probabilities."""
        names = []
        for start, end in windows(text, words=self.model.config.max_len):
            found = self.model.predict_entities(text[start:end], list(self.labels), threshold=THRESHOLD)
            for one in found:
                place = start + one["start"], start + one["end"]
                names.append(Name(*place, self.labels[one["label"]], round(float(one["score"]), 4)))
        return sorted(names, key=lambda name: (name.start, name.end))


def windows(text: str, *, words: int, length: int = LENGTH) -> Iterator[tuple[int, int]]:
    """Yield stretches of the text (characters from, to) that together hold all its words, in order.

    Each has at most so many words and characters, and ends where a sentence or line does if one ends in it; a single
    word may be longer.
    """
    places = [match.span() for match in _WORD.finditer(text)]
    starts = [start for start, _ in places]
    breaks = {bisect_left(starts, sentence.start_char) for sentence in _sentencizer()(text).sents}
    breaks |= {index for index in range(1, len(places)) if "\n" in text[places[index - 1][1] : starts[index]]}
    begin = 0
    while begin < len(places):
        end = min(begin + words, len(places))
        while end > begin + 1 and places[end - 1][1] - starts[begin] > length:
            end -= 1
        if end < len(places):
            end = next((index for index in range(end, begin, -1) if index in breaks), end)
        yield starts[begin], places[end - 1][1]
        begin = end


@cache
def _sentencizer() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = sys.maxsize  # how long a document may be is checked before
    return nlp
