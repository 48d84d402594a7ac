"""What an id means to a judgement is what its name means."""

import pytest

from kg.model import Anchor
from kg.resolve.naming import anchor_of
from kg.space import Space
from kg.space.anchored import anchor_of_id


def test_an_id_means_what_a_search_through_the_whole_graph_finds(space: Space) -> None:
    graph = space.graph()
    for entity in graph.entities():
        for name in (entity.id, *entity.mentions):
            assert anchor_of_id(space._records, name) == anchor_of(entity, graph.extractions, name)


@pytest.mark.parametrize("id", ["nobody", "a#char=1,2", "z#char=0,9", "Ada Quill", ""])
def test_what_is_no_id_means_nothing(space: Space, id: str) -> None:
    assert anchor_of_id(space._records, id) is None


def test_names_are_still_understood(space: Space) -> None:
    assert space.anchors("Ada Quill", "ben-oduya") == (
        Anchor(type="Person", name="ada quill"),
        Anchor(type="Person", name="ben oduya"),
    )
