"""The sentence behind a statement, in pieces."""

from hypothesis import given
from hypothesis import strategies as st

from kg.evidence import Mark, Role, cut, joined, passage, pieces, sentence, told
from kg.model import Literal, Statement

TEXT = "First. The Russian agency Roscosmos, says Ada Quill, flew. Last."


def statement(subject: str, thing: str | Literal, quote: str, **how: object) -> Statement:
    start = TEXT.index(quote)
    place = {"document": "d", "start": start, "end": start + len(quote), "quote": quote}
    return Statement(subject=subject, predicate="p", object=thing, **place, **how)


def mark(text: str, entity: str) -> Mark:
    return Mark(TEXT.index(text), TEXT.index(text) + len(text), entity, "Thing")


def test_ends_and_source_are_marked_within_the_sentence() -> None:
    one = statement("roscosmos", "russia", "Russian agency Roscosmos", source="ada")
    found = told(TEXT, one, [mark("Russian", "russia"), mark("Roscosmos", "roscosmos"), mark("Ada Quill", "ada")])
    assert [(piece.text, piece.role, piece.quote, piece.entity) for piece in found] == [
        ("The ", None, False, None),
        ("Russian", Role.OBJECT, True, "russia"),
        (" agency ", None, True, None),
        ("Roscosmos", Role.SUBJECT, True, "roscosmos"),
        (", says ", None, False, None),
        ("Ada Quill", Role.SOURCE, False, "ada"),
        (", flew.", None, False, None),
    ]


def test_words_are_marked_as_source_and_value() -> None:
    one = statement("ada", Literal(value="agency"), "Russian agency", source="Ada Quill")
    assert [(piece.text, piece.role) for piece in told(TEXT, one, []) if piece.role] == [
        ("agency", Role.OBJECT),
        ("Ada Quill", Role.SOURCE),
    ]


def test_an_end_wins_over_what_stands_within_it() -> None:
    one = statement("agency", "x", "Russian agency Roscosmos")
    marks = [mark("Russian agency Roscosmos", "agency"), mark("Russian", "russia")]
    assert [piece.text for piece in told(TEXT, one, marks) if piece.entity] == ["Russian", " agency Roscosmos"]
    assert {piece.entity for piece in told(TEXT, one, marks) if piece.quote} == {"agency"}


def test_a_passage_quotes_its_mention() -> None:
    assert [piece.text for piece in passage(TEXT, (11, 18), []) if piece.quote] == ["Russian"]


TEXTS = st.text(st.sampled_from("ab. \n<&\x00\u202e👩\u200d🚀é"), max_size=60)
STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple), max_size=8)


@given(TEXTS, STRETCHES, st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted))
def test_joined_pieces_are_the_text(text: str, stretches: list[tuple[int, int]], within: list[int]) -> None:
    begin, stop = (min(at, len(text)) for at in within)
    marks = [Mark(start, end, "e", "t", Role.SUBJECT if start % 2 else None) for start, end in sorted(stretches)]
    found = pieces(text, (begin, stop), marks, quote=(begin, stop) if begin < stop else None)
    assert joined(found) == text[begin:stop]
    assert all(piece.text for piece in found)


@given(STRETCHES, st.integers(0, 60))
def test_each_part_has_all_that_lies_over_it(stretches: list[tuple[int, int]], stop: int) -> None:
    for start, end, over in cut((0, stop), stretches):
        for at in range(start, end):
            assert {*over} == {n for n, (first, last) in enumerate(stretches) if first <= at < last}


@given(TEXTS, st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted))
def test_a_sentence_holds_its_quote(text: str, quote: list[int]) -> None:
    start, end = (min(at, len(text)) for at in quote)
    begin, stop = sentence(text, start, end)
    assert 0 <= begin <= start <= end <= stop <= len(text)
