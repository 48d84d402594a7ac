"""The language of a text, as an ISO 639-1 code."""

from collections import Counter
from functools import cache
from typing import Any

SHORT = 200
SURE = 0.9
PIECE = 500
PIECES = 8


def language_of(text: str) -> str:
    """Return the language that most of the text surely is in; "en" where it is too short or too mixed to tell.

    Pieces from all over the text vote: one quotation in Cyrillic would outweigh all the English around it.
    """
    if len(text.strip()) < SHORT:
        return "en"
    step = max(PIECE, len(text) // PIECES)
    pieces = [piece for start in range(0, len(text), step) if (piece := text[start : start + PIECE].strip())]
    votes = Counter(_classified(piece) for piece in pieces)
    language, count = votes.most_common(1)[0]
    return language if count > len(pieces) / 2 else "en"


def _classified(text: str) -> str:
    language, probability = _identifier().classify(text)
    return str(language) if probability >= SURE else "en"


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
