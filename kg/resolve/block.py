"""Which profiles are worth comparing: those that share a key, so that never all pairs are."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from kg.names import fold
from kg.resolve.profile import Profile

_CROWD = 200  # a block larger than this is sorted by name, and each compared with so many that follow:
_NEIGHBOURS = 20


def pairs(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Yield each pair of positions worth comparing, some of them twice; `profiles` are sorted by key."""
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, profile in enumerate(profiles):
        for key in keys(profile) if profile.is_open else ():
            blocks[key].append(at)
    for block in blocks.values():
        yield from _within(sorted(block, key=lambda at: (profiles[at].name, at)))


def keys(profile: Profile) -> Iterator[Hashable]:
    """Yield the keys under which the profile meets others: its sound, and its sound with one long word blurred."""
    sound = fold(profile.name)
    yield profile.type, sound
    words, written = sound.split(), profile.name.split()
    for at in range(len(words) - 1 if profile.type == "Person" else 0, len(words) if len(words) > 1 else 0):
        if len(written[at]) > 4:
            yield profile.type, *words[:at], f"{written[at][0]}…", *words[at + 1 :]


def _within(block: list[int]) -> Iterator[tuple[int, int]]:
    reach = len(block) if len(block) <= _CROWD else _NEIGHBOURS
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + reach]:
            yield min(one, other), max(one, other)
