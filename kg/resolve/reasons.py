"""Why two may be one thing, and why not, in words for the person who is asked to judge."""

from collections.abc import Iterable
from typing import NamedTuple

from kg.resolve.match import weights

WORDS = {
    "same_link": "both are linked to the same thing elsewhere",
    "same_name": "they have the same name",
    "same_sound": "their names are spellings of one name",
    "one_letter_apart": "their names differ in one letter",
    "spaced_otherwise": "their names differ in a space only",
    "other_order": "their names are the same words in another order",
    "nickname": "one first name is a short form of the other",
    "sounds_alike": "their names sound alike",
    "short_initials": "one is named by initials only",
    "short_middle": "one name has a middle name more",
    "short_prefix": "one name has a prefix more",
    "short_words": "one name has words more",
    "short_acronym": "one name is an acronym of the other",
    "short_bare": "one is named by a single name only",
    "shares_names": "the same names stand beside them",
    "shares_no_name": "none of the names beside them is the same",
    "shares_ties": "both have to do with the same third",
    "shares_position": "they have the same office or occupation",
    "other_position": "they have different offices or occupations",
    "shares_place": "they are in the same place",
    "other_place": "they are in different places",
    "same_mark": "they have the same birth date or number",
    "other_date": "they died, or were founded, on different dates",
    "one_word": "a name of theirs is a single word",
    "other_type": "they are taken for things of different types",
    "other_subtype": "they are things of different kinds",
    "unknown_subtype": "of one of them the kind is not known",
}
"""What is said of each comparison that holds."""

# Their weights only set those of others right: that a kind is unknown, or a name short, speaks for nothing by itself.
_SILENT = {"one_word", "unknown_subtype"}


class Reasons(NamedTuple):
    """What speaks for two being one thing, and what against, the strongest first."""

    pro: list[str]
    contra: list[str]


def reasons(comparisons: Iterable[tuple[str, float]]) -> Reasons:
    """Return what comparisons that hold, and how far, speak for and against."""
    table = weights()
    told = [(table.get(name, 1.0) * value, WORDS[name]) for name, value in comparisons if name not in _SILENT]
    told.sort(key=lambda each: (-abs(each[0]), each[1]))
    return Reasons([words for weight, words in told if weight > 0], [words for weight, words in told if weight < 0])
