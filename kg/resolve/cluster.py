"""Profiles that are one entity: connected components that no join may make contradict themselves."""

from collections.abc import Sequence

from kg.names import numbers
from kg.resolve.match import subtypes_exclude
from kg.resolve.profile import Profile


class Components:
    """Profiles joined step by step; each join stands for all that were joined before, or is refused."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._parent = list(range(len(profiles)))
        self._members = {at: [at] for at in self._parent}
        self._types = [profile.type for profile in profiles]
        self._subtypes = [{profile.subtype} - {None} for profile in profiles]
        self._numbers = [dict([numbers(profile.name)]) if profile.is_open else {} for profile in profiles]

    def join(self, one: int, other: int) -> bool:
        """Make two profiles one entity; return False where a type, subtype or number of theirs speaks against it."""
        small, large = sorted((self.root(one), self.root(other)), key=lambda root: (len(self._members[root]), -root))
        if small == large:
            return True
        if self._contradict(small, large):
            return False
        self._parent[small] = large
        self._members[large] += self._members.pop(small)
        self._subtypes[large] |= self._subtypes[small]
        self._numbers[large] |= self._numbers[small]
        return True

    def root(self, at: int) -> int:
        """Return the position that stands for the profile's component."""
        while self._parent[at] != at:
            self._parent[at] = at = self._parent[self._parent[at]]
        return at

    def groups(self) -> list[list[int]]:
        """Return the components, each sorted, by their first members."""
        return sorted(sorted(members) for members in self._members.values())

    def _contradict(self, small: int, large: int) -> bool:
        known = self._numbers[large]
        return (
            self._types[small] != self._types[large]
            or any(subtypes_exclude(one, other) for one in self._subtypes[small] for other in self._subtypes[large])
            or any(known.get(stem, count) != count for stem, count in self._numbers[small].items())
        )
