import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joints import at
from marked import marked
from wordpieces import tokenizer

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from msgspec.structs import replace  # noqa: E402

from kg.bench.annotated import ANY, Annotated, Fact, Scope, Spot  # noqa: E402
from kg.extract.joint import bucket  # noqa: E402
from kg.extract.pieces import CLS, SEP, pieces  # noqa: E402
from kg.model import Modality  # noqa: E402
from kg.train.joint import items  # noqa: E402
from kg.train.joint.items import MOST_PAIRS, Item, Maker, Pairs, Place, cut, nearest, places  # noqa: E402
from kg.train.joint.model import MODALITIES, SPAN_TYPES, WIDEST  # noqa: E402

LABELS = ("P19", "P20", "kn:CEO")
TEXT = marked(
    "[1|Anna Vale] boarded [2:Vehicle|the Gannet] the [1|Anna] boarded [3:Place|port]",
    "1 P19 2",
    "2 P20 3 planned",
)


def maker(seed: int = 0) -> Maker:
    return Maker(tokenizer(), LABELS, seed=seed)


def only(text: Annotated, size: int = 100) -> Pairs:
    """Return the one group of pairs of the one window."""
    (item,) = maker().relations(text, size)
    (pairs,) = item.pairs
    return pairs


def targets(pairs: Pairs) -> dict[tuple[int, int], list[int]]:
    rows = zip(pairs.subject.tolist(), pairs.object.tolist(), pairs.target.tolist(), strict=True)
    return {(s, o): row for s, o, row in rows}


# ------------------------------------------------------------------------------------------------------------ windows

drawn = st.lists(st.sampled_from(("anna", "gannet", "zzz", "the", "oarlock")), max_size=40)


@given(drawn, st.integers(7, 30))
def test_windows_hold_every_piece_once_and_begin_with_a_word(words: list[str], size: int) -> None:
    found = pieces(tokenizer(), " ".join(words))
    windows = cut(found, size)
    held = [i for window in windows for i in range(window.begin, window.end)]
    assert held == list(range(len(found.ids)))
    for window in windows:
        assert 0 < window.end - window.begin <= size
        assert found.first[window.begin]
        assert (window.ids[0], window.ids[-1]) == (CLS, SEP)
        assert window.ids[1:-1].tolist() == found.ids[window.begin : window.end].tolist()
        assert window.shapes[1:-1].tolist() == found.shapes[window.begin : window.end].tolist()


def test_a_word_longer_than_a_window_is_cut() -> None:
    windows = cut(pieces(tokenizer(), "the zzzzzzzzzz the"), 4)
    assert [i for window in windows for i in range(window.begin, window.end)] == list(range(12))
    assert all(window.end - window.begin <= 4 for window in windows)


def placed(words: str, size: int, text: str = "anna the zz gannet boarded") -> Place | None:
    found = pieces(tokenizer(), text)
    (place,) = places(found, [Spot(*at(text, words), "Person")], cut(found, size))
    return place


def test_a_spot_stands_in_its_window_behind_the_encoders_mark() -> None:
    assert placed("anna the", 9) == Place(0, 1, 2)
    assert placed("zz", 4) == Place(0, 3, 4)
    assert placed("gannet", 4) == Place(1, 1, 1)


def test_a_spot_over_the_end_of_a_window_has_no_place() -> None:
    assert placed("zz gannet", 4) is None
    assert placed("zz gannet", 5) == Place(0, 3, 5)


def test_a_spot_outside_of_the_windows_has_no_place() -> None:
    text = "anna the gannet boarded the port"
    found = pieces(tokenizer(), text)
    windows = cut(found, 2)[1:2]
    spots = [Spot(*at(text, word), "Person") for word in ("anna", "gannet", "port")]
    assert places(found, spots, windows) == [None, Place(0, 1, 1), None]


def test_a_spot_without_a_word_has_no_place() -> None:
    found = pieces(tokenizer(), "anna the")
    assert places(found, [Spot(4, 5, "Person")], cut(found, 9)) == [None]


# ---------------------------------------------------------------------------------------------------------- relations


def test_told_pairs_are_right_and_others_wrong_and_the_rest_not_told() -> None:
    assert targets(only(TEXT)) == {
        (0, 1): [1, 0, -1],
        (1, 2): [0, 1, -1],
        (0, 2): [0, 0, -1],
        (1, 0): [0, 0, -1],
        (2, 0): [0, 0, -1],
        (2, 1): [0, 0, -1],
    }


def test_a_fact_outside_of_what_is_exhaustive_is_right_all_the_same() -> None:
    text = marked("[1|Anna] leads [2:Organisation|Oar]", "1 kn:CEO 2")
    assert targets(only(text)) == {(0, 1): [0, 0, 1], (1, 0): [0, 0, -1]}


def test_a_modality_is_told_or_not() -> None:
    pairs = only(TEXT)
    told = dict(zip(zip(pairs.subject.tolist(), pairs.object.tolist(), strict=True), pairs.modality, strict=True))
    assert told.pop((1, 2)) == MODALITIES.index(Modality.PLANNED)
    assert set(told.values()) == {-1}


def test_a_thing_has_all_its_places() -> None:
    assert only(TEXT).things == ((Place(0, 1, 2), Place(0, 7, 7)), (Place(0, 4, 5),), (Place(0, 9, 9),))


def test_the_distance_is_that_of_the_nearest_places() -> None:
    pairs = only(TEXT)
    found = {(s, o): d for s, o, d in zip(pairs.subject, pairs.object, pairs.distance, strict=True)}
    assert found[0, 1] == bucket(1, 4) == bucket(7, 4) - 8  # as near on both sides: the earlier counts
    assert found[0, 2] == bucket(7, 9)
    assert found[2, 0] == bucket(9, 7)


def test_of_two_ways_as_long_the_first_counts() -> None:
    assert nearest((Place(0, 1, 1), Place(0, 9, 9)), (Place(0, 5, 5),)) == bucket(1, 5)


def test_only_things_of_the_same_window_are_paired() -> None:
    found = list(maker().relations(TEXT, 7))
    assert [item.windows[0].begin for item in found] == [0]
    assert set(targets(found[0].pairs[0])) == {(0, 1), (1, 0)}


def test_a_window_stands_alone_in_its_item() -> None:
    text = marked("the the the the [1|Anna] boarded [2:Vehicle|Gannet]", "1 P19 2")
    (item,) = maker().relations(text, 4)
    assert [window.begin for window in item.windows] == [4]
    assert item.pairs[0].things == ((Place(0, 1, 1),), (Place(0, 3, 3),))


def test_only_things_of_a_scope_are_paired_for_its_labels() -> None:
    text = marked("[1|Anna] saw [2|Vale]. [1|Anna] saw [3|Ben]. [4|Cy] slept", "1 P19 2", "1 P20 3", labels=None)
    scopes = Scope(0, 14, frozenset({"P19"})), Scope(15, 29, frozenset({"P20"})), Scope(30, 39, frozenset({"P19"}))
    (item,) = maker().relations(replace(text, scopes=scopes), 100)
    first, second = item.pairs
    assert targets(first) == {(0, 1): [1, -1, -1], (1, 0): [0, -1, -1]}
    assert targets(second) == {(0, 1): [-1, 1, -1], (1, 0): [-1, 0, -1]}
    assert (first.things[0], second.things[0]) == ((Place(0, 1, 1),), (Place(0, 7, 7),))


@pytest.mark.parametrize("text", [marked("nothing"), marked("[1|Anna] saw"), marked("[1|Anna] [2|Vale]", labels=None)])
def test_a_text_without_pairs_gives_nothing(text: Annotated) -> None:
    assert list(maker().relations(text, 100)) == []


def crowd(count: int, facts: int) -> Annotated:
    text = marked(" ".join(f"[{i}|anna]" for i in range(count)))
    told = [(s, o) for s in range(count) for o in range(count) if s != o][:facts]
    return replace(text, facts=tuple(Fact(s, "P19", o) for s, o in told))


@pytest.mark.parametrize(("count", "facts", "pairs"), [(27, 9, MOST_PAIRS), (40, 900, 900), (20, 9, 380)])
def test_pairs_are_bounded_and_every_fact_is_kept(count: int, facts: int, pairs: int) -> None:
    text = crowd(count, facts)
    found = targets(only(text, 200))
    assert len(found) == pairs
    assert {pair for pair, row in found.items() if row[0] == 1} == {(f.subject, f.object) for f in text.facts}


def test_the_pairs_that_nothing_tells_are_drawn_by_the_seed() -> None:
    text = crowd(40, 9)
    first, again, other = (targets(next(iter(maker(s).relations(text, 200))).pairs[0]).keys() for s in (1, 1, 2))
    assert first == again
    assert first != other


# ---------------------------------------------------------------------------------------------------------- arguments


def arguments(text: Annotated, size: int = 100) -> list[list[int]]:
    return [item.arguments[0].tolist() for item in maker().relations(text, size, arguments=True)]


def test_arguments_begin_and_go_on_and_the_marks_are_not_told() -> None:
    assert arguments(marked("[1|anna vale] boarded [2|the gannet]")) == [[-1, 1, 2, 0, 1, 2, -1]]


def test_a_piece_that_continues_a_word_is_not_told() -> None:
    assert arguments(marked("[1|zz anna] boarded")) == [[-1, 1, -1, 2, 0, -1]]


def test_outside_of_the_scopes_nothing_is_told() -> None:
    text = marked("[1|anna] boarded [2|vale]", labels=None)
    assert arguments(replace(text, scopes=(Scope(0, 12, frozenset()),))) == [[-1, 1, 0, -1, -1]]


def test_of_spots_that_nest_the_longest_is_the_argument() -> None:
    text = marked("[1|the port] boarded")
    inner = Spot(4, 8, "Place")
    assert arguments(replace(text, spots=(*text.spots, inner), things=((0,), (1,)))) == [[-1, 1, 2, 0, -1]]


def test_arguments_are_told_where_no_pair_is() -> None:
    assert arguments(marked("anna boarded [1|vale] the port"), 2) == [[-1, 0, 0, -1], [-1, 1, 0, -1], [-1, 0, -1]]
    assert [item.pairs for item in maker().relations(marked("[1|anna]"), 9, arguments=True)] == [()]


# -------------------------------------------------------------------------------------------------------------- chains

PERSON, VEHICLE, PLACE = (SPAN_TYPES.index(kind) for kind in ("Person", "Vehicle", "Place"))
CHAINS = marked(
    "[1|Anna Vale] boarded [2:Vehicle|the Gannet] the [1|Anna] boarded [3:Place|port]",
    coreferent=True,
    spotted=("Person", "Vehicle"),
)


def chained(text: Annotated, size: int = 100, most: int = 4, seed: int = 0) -> Item:
    found = maker(seed).chains(text, size, most)
    assert found is not None
    return found


def test_mentions_have_their_thing_and_their_words() -> None:
    item = chained(CHAINS)
    assert item.mentions == (Place(0, 1, 2), Place(0, 4, 5), Place(0, 7, 7), Place(0, 9, 9))
    assert item.clusters == (0, 1, 0, 2)
    assert [CHAINS.text[a:b] for a, b in item.stretches] == ["Anna Vale", "the Gannet", "Anna", "port"]


def test_a_text_that_is_not_coreferent_has_spans_alone() -> None:
    item = chained(replace(CHAINS, coreferent=False))
    assert (item.mentions, item.clusters, item.stretches) == ((), (), ())
    assert len(item.words[0].told) == 4


def test_spans_are_told_by_word() -> None:
    (words,) = chained(marked("the [1|zz vale] boarded [2:Vehicle|the gannet] [3:Place|zzz]", coreferent=True)).words
    assert words.firsts.tolist() == [1, 2, 4, 5, 6, 7, 8]
    assert words.lasts.tolist() == [1, 3, 4, 5, 6, 7, 10]
    assert words.told.tolist() == [[1, 2, PERSON], [4, 5, VEHICLE], [6, 6, PLACE]]


def test_words_know_where_they_stand_in_the_text() -> None:
    text = marked("the [1|zz vale] boarded [2:Vehicle|the gannet] [3:Place|zzz]", coreferent=True)
    (words,) = chained(text).words
    read = [text.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    assert read == text.text.split()


def test_a_type_that_is_not_marked_throughout_is_free() -> None:
    (words,) = chained(CHAINS).words
    assert {SPAN_TYPES[i] for i in words.free} == set(SPAN_TYPES) - {"Person", "Vehicle"}
    assert words.judged
    assert not chained(replace(CHAINS, spotted=frozenset())).words[0].judged


def test_a_spot_of_no_told_type_is_a_mention_of_some_type() -> None:
    text = marked("[1:?|Anna] saw [2|Vale]", coreferent=True, spotted=("Person",))
    item = chained(text)
    assert text.spots[0].type == ANY
    assert item.words[0].told.tolist() == [[0, 0, -1], [2, 2, PERSON]]
    assert len(item.mentions) == 2


def test_of_a_spot_left_open_nothing_is_told() -> None:
    text = marked("[1:*|Anna] saw [2|Vale]", spotted=("Person",))
    (words,) = chained(text).words
    assert words.untold.tolist() == [[0, 0]]
    assert words.told.tolist() == [[2, 2, PERSON]]


def test_a_text_whose_mentions_are_all_marked_is_read_even_without_any() -> None:
    item = chained(marked("nothing there", spotted=("Person",)))
    assert item.words[0].judged
    assert item.mentions == ()


@pytest.mark.parametrize(("width", "told"), [(WIDEST, 1), (WIDEST + 1, 0)])
def test_a_span_wider_than_the_widest_is_not_told(width: int, told: int) -> None:
    item = chained(marked(f"[1|{'anna ' * width}] boarded".replace(" ]", "]"), coreferent=True, spotted=("Person",)))
    assert len(item.words[0].told) == told
    assert len(item.mentions) == 1


def test_a_long_text_gives_a_stretch_of_windows() -> None:
    text = marked(" ".join(f"[{i}|anna] boarded" for i in range(20)), coreferent=True)
    begins = set()
    for seed in range(20):
        item = chained(text, size=4, most=3, seed=seed)
        assert len(item.windows) == len(item.words) == 3
        assert [w.begin - item.windows[0].begin for w in item.windows] == [0, 4, 8]
        assert [place.window for place in item.mentions] == [0, 0, 1, 1, 2, 2]
        first = item.windows[0].begin // 2
        assert item.clusters == tuple(range(first, first + 6))
        begins.add(item.windows[0].begin)
    assert len(begins) > 3
    assert max(begins) <= 40 - 12


def test_a_mention_over_the_end_of_a_window_is_left_out() -> None:
    item = chained(marked("[1|Anna] the [2|port gannet] [1|vale]", coreferent=True), size=3)
    assert item.mentions == (Place(0, 1, 1), Place(1, 2, 2))
    assert item.clusters == (0, 0)


def test_a_text_without_mentions_gives_no_chains() -> None:
    assert maker().chains(marked("nothing there"), 9, 4) is None
    assert maker().chains(marked(""), 9, 4) is None


def test_an_item_tells_its_size() -> None:
    assert chained(marked("[1|anna] the [2|vale] boarded the", coreferent=True), size=3).size == 3 + 2 + 2 + 2
    assert items.Item(()).size == 0


def test_targets_are_small_integers() -> None:
    assert only(TEXT).target.dtype == np.int8
