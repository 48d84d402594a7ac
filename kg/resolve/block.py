"""Which profiles are worth comparing: those that share a key, so that never all pairs are.

A key is a letter for its kind and what the profiles have in common, after a bar. What is worth comparing in a block
depends on its members alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from kg.names import SHIP_PREFIXES, fold
from kg.resolve.likeness import acronyms, core_words, formal_names, is_initials, sound, surname
from kg.resolve.profile import Profile

Pair = tuple[Profile, Profile]

_CROWD = 60  # a block larger than this is sorted by name, and each compared with so many that follow:
_NEIGHBOURS = 12
_HUB = 40  # what stands beside so many of a block tells nothing of any
_SUPPORTED = "iua"  # kinds of keys under which a short form meets the long ones that something else speaks for


def keys(profile: Profile) -> list[str]:
    """Return the keys under which the profile meets others; it depends on the profile alone."""
    found = _person_keys(profile) if profile.type == "Person" else _thing_keys(profile)
    return sorted({*found})


def pairs(key: str, block: Iterable[Profile]) -> Iterator[Pair]:
    """Yield each pair of a key's profiles worth comparing; it depends on these profiles alone, not on their order."""
    members = sorted(block, key=lambda profile: (profile.name, profile.id))
    if len(members) > 1:
        yield from _supported(key, members) if key[0] in _SUPPORTED else _within(members)


def _person_keys(profile: Profile) -> Iterator[str]:
    words = profile.name.split()
    if not words:  # a name without a letter
        return
    last = surname(words)
    if not profile.is_open:
        yield f"u|{fold(last)}" if len(words) == 1 else f"i|{words[0][0]} {fold(last)}"
        return
    yield from _open_keys(profile)
    yield f"m|{' '.join(map(sound, words))}"
    yield f"i|{words[0][0]} {fold(last)}"
    yield from (f"u|{fold(word)}" for word in (words[0], last))
    yield from (f"n|{name} {fold(last)}" for name in formal_names(words[0]))


def _thing_keys(profile: Profile) -> Iterator[str]:
    if not profile.is_open:
        return
    if profile.country:  # a country goes by one name, whatever it is called
        yield f"=|{profile.name.replace(' ', '')}"
        return
    yield from _open_keys(profile)
    words = profile.name.split()
    if profile.type == "Vehicle":
        bare = words[1:] if words[0] in SHIP_PREFIXES and len(words) > 1 else words
        yield f"p|{' '.join(bare)}"
    elif profile.type == "Organisation":
        yield f"w|{core_words(profile.name)}"
    if len(words) > 1:
        yield from (f"a|{profile.type} {made}" for made in acronyms(profile.name))
    elif len(profile.name) < 8:
        yield f"a|{profile.type} {profile.name}"


def _open_keys(profile: Profile) -> Iterator[str]:
    """Yield the keys of a name that means something everywhere: itself, its sound, and that with one word blurred."""
    yield f"=|{profile.name.replace(' ', '')}"
    words, written = fold(profile.name).split(), profile.name.split()
    yield f"s|{profile.type} {' '.join(sorted(words))}"
    for at in range(len(words) - 1 if profile.type == "Person" else 0, len(words) if len(words) > 1 else 0):
        if len(written[at]) > 4:
            yield f"b|{profile.type} {' '.join((*words[:at], written[at][0] + '…', *words[at + 1 :]))}"


def _within(members: Sequence[Profile]) -> Iterator[Pair]:
    reach = len(members) if len(members) <= _CROWD else _NEIGHBOURS
    for at, one in enumerate(members):
        for other in members[at + 1 : at + 1 + reach]:
            yield one, other


def _supported(key: str, members: Sequence[Profile]) -> Iterator[Pair]:
    """Yield a short form with each longer one that it shares a name or an office with."""
    sides: tuple[list[Profile], list[Profile]] = ([], [])
    for profile in members:
        sides[_is_short(key[0], profile)].append(profile)
    full, short = (_by_support(side) for side in sides)
    met: dict[tuple[str, str], Pair] = {}
    for token in sorted(short.keys() & full.keys()):
        if len(short[token]) * len(full[token]) <= _HUB**2:
            met |= {(a.id, b.id): (a, b) for a, b in product(short[token], full[token])}
    yield from met.values()


def _by_support(profiles: Iterable[Profile]) -> dict[str, list[Profile]]:
    found: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for token in profile.support:
            found[token].append(profile)
    return found


def _is_short(kind: str, profile: Profile) -> bool:
    if kind == "i":
        return is_initials(profile.name)
    return not profile.is_open if kind == "u" else " " not in profile.name
