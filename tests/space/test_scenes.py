"""The opening scene of any space: the most connected things, none of which stands alone that need not."""

from itertools import chain
from pathlib import Path
from random import Random

import pytest
from sample import Text

from kg.space import view
from kg.space.view import Filter, View
from space.looked import made

WORDS = ("Ash", "Birch", "Cedar", "Drake", "Elder", "Frost", "Grove", "Heath", "Ivory", "Jasper", "Knight", "Linden")
FIRST = ("Ada", "Ben", "Cy", "Dora", "Eli", "Fay")


def stars(random: Random) -> list[tuple[str, str]]:
    """Things about a few hubs, of which some know each other and others have only a following of their own."""
    names = [f"{first} {last}" for first in FIRST for last in WORDS]
    random.shuffle(names)
    hubs, rest = names[:8], names[8:]
    pairs = [(hub, rest.pop()) for hub in hubs for _ in range(random.randint(1, 7))]
    return pairs + [tuple(random.sample(hubs, 2)) for _ in range(random.randint(0, 4))]  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(5))
def test_nothing_of_the_opening_scene_stands_alone(tmp_path: Path, seed: int) -> None:
    text = Text("a", title="A")
    for one, other in (pairs := stars(Random(seed))):
        text.say(one, "spouseOf", other)
    total = len({*chain(*pairs)})
    seen = View.open(made(tmp_path / "space", text, things=dict.fromkeys(chain(*pairs), ("Person", None))))
    most = view.most_connected(seen.records, seen.schema, limit=total).nodes
    assert len(most) == total, "what fits is there"
    for limit in range(2, total):
        for chosen in (view.EVERYTHING, Filter(score=0.01)):
            scene = view.most_connected(seen.records, seen.schema, limit=limit, chosen=chosen)
            shown = {one.id for one in scene.nodes}
            assert limit - 1 <= len(shown) <= limit
            assert shown == {end for edge in scene.edges for end in (edge.source, edge.target)}
            assert most[0].id in shown
            assert scene.omitted.nodes == total - len(shown)
    seen.close()
