"""Where things stand in a picture: beside each other, never on top of each other, and always the same."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.web.layout import layout

names = st.integers(0, 24)
graphs = st.lists(st.tuples(names, names), max_size=40)


@given(graphs, st.lists(st.tuples(st.floats(5, 200), st.floats(5, 60)), min_size=25, max_size=25))
def test_no_box_overlaps_another(edges: list[tuple[int, int]], boxes: list[tuple[float, float]]) -> None:
    things = {str(at): box for at, box in enumerate(boxes)}
    at = layout(things, {(str(a), str(b)): 20.0 for a, b in edges})
    for a, b in combinations(things, 2):
        apart_x = abs(at[a][0] - at[b][0]) - (things[a][0] + things[b][0]) / 2
        apart_y = abs(at[a][1] - at[b][1]) - (things[a][1] + things[b][1]) / 2
        assert max(apart_x, apart_y) >= -1e-5


def test_connected_things_stand_nearer_than_others() -> None:
    ring = [(str(one), str((one + 1) % 12)) for one in range(12)]
    at = layout({str(one): (10.0, 10.0) for one in range(12)}, dict.fromkeys(ring, 0.0))
    near = max(abs(complex(*at[a]) - complex(*at[b])) for a, b in ring)
    assert near < abs(complex(*at["0"]) - complex(*at["6"]))


def test_the_same_graph_has_the_same_layout() -> None:
    boxes, edges = (
        dict.fromkeys("abcdef", (40.0, 20.0)),
        dict.fromkeys([("a", "b"), ("b", "c"), ("e", "f"), ("a", "a")], 9.0),
    )
    assert layout(boxes, edges) == layout(boxes, edges)


def test_nothing_and_one_thing_have_a_layout() -> None:
    assert layout({}, {}) == {}
    assert set(layout({"a": (1.0, 1.0)}, {("a", "a"): 5.0})) == {"a"}


def test_an_edge_has_room_for_what_stands_on_it() -> None:
    boxes = {"a": (10.0, 10.0), "b": (10.0, 10.0)}
    short, long = (layout(boxes, {("a", "b"): wide}) for wide in (0.0, 200.0))
    assert abs(complex(*long["a"]) - complex(*long["b"])) > abs(complex(*short["a"]) - complex(*short["b"])) + 30
