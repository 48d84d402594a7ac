"""Which texts the joint model is trained on, and which are kept aside for its thresholds and calibration."""

from collections.abc import Iterable
from typing import TypeVar

Text = TypeVar("Text")

FOLDS = frozenset({1, 2})  # KnowledgeNet's; fold 3 is for measuring
ASIDE = 12


def kept(texts: Iterable[Text]) -> list[Text]:
    """Return the texts to train on: all but every twelfth, which thresholds and calibration are fitted on."""
    return [text for index, text in enumerate(texts) if index % ASIDE]


def aside(texts: Iterable[Text]) -> list[Text]:
    """Return the texts that `kept` leaves out."""
    return [text for index, text in enumerate(texts) if index % ASIDE == 0]
