"""Precision, recall and F1 as two ratios that add up over documents."""

from msgspec import Struct


class Score(Struct, frozen=True):
    """What was right of what a system found, and what it covered of what people marked; scores add up (micro).

    Most measures count the same things in both (`counted`); some coreference measures weigh them differently.
    A ratio of nothing to nothing is 0.
    """

    right: float = 0.0
    found: float = 0.0
    covered: float = 0.0
    marked: float = 0.0

    @classmethod
    def counted(cls, right: float, found: float, marked: float) -> "Score":
        """Return the score where `right` of what was found are `right` of what was marked."""
        return cls(right, found, right, marked)

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right,
            self.found + other.found,
            self.covered + other.covered,
            self.marked + other.marked,
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right, from 0 to 1."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was marked that was found, from 0 to 1."""
        return self.covered / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, from 0 to 1."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean, 0 where both are."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0
