import re
import sys
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, MissingExtra
from kg.extract.gliner import LENGTH, THRESHOLD, GlinerNames, windows

LABELS = {"person": "Person", "organisation": "Organisation"}
LIMIT = 12  # words that the model sees


class Model:
    """Finds "Ada" and "Oldmark" in what it sees of a text, which is its first words."""

    config = SimpleNamespace(max_len=LIMIT)

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.asked: list[tuple[list[str], float]] = []

    def predict_entities(self, text: str, labels: list[str], *, threshold: float) -> list[dict[str, object]]:
        self.seen.append(text)
        self.asked.append((labels, threshold))
        words = list(re.finditer(r"\w+(?:[-_]\w+)*|\S", text))[:LIMIT]
        kinds = {"Ada": "person", "Oldmark": "organisation"}
        return [
            {"start": each.start(), "end": each.end(), "text": each[0], "label": kinds[each[0]], "score": 0.87654}
            for each in words
            if each[0] in kinds
        ]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    """The library with one model, `small`."""

    class GLiNER:
        @classmethod
        def from_pretrained(cls, name: str) -> Model:
            if name != "small":
                raise FileNotFoundError(f"no {name}")
            return one

    one = Model()
    library = ModuleType("gliner")
    library.GLiNER = GLiNER  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gliner", library)
    return one


def test_names_have_our_types_and_the_models_probabilities(model: Model) -> None:
    (name,) = GlinerNames("small", LABELS)("So Ada slept.")
    assert (name.start, name.end, name.type, name.score) == (3, 6, "Person", 0.8765)


def test_the_model_is_asked_for_the_labels(model: Model) -> None:
    GlinerNames("small", LABELS)("Ada slept.")
    assert model.asked == [(["person", "organisation"], THRESHOLD)]


def test_nothing_of_a_long_text_is_cut(model: Model) -> None:
    text = "\n".join(f"Page {number} said: Ada, of Oldmark, slept." for number in range(50))
    names = GlinerNames("small", LABELS)(text)
    assert [text[name.start : name.end] for name in names] == ["Ada", "Oldmark"] * 50


def test_a_long_sentence_is_cut_between_words_and_none_is_lost(model: Model) -> None:
    text = "and Ada " * 200
    assert len(GlinerNames("small", LABELS)(text)) == 200


def test_an_empty_text_has_no_names(model: Model) -> None:
    assert GlinerNames("small", LABELS)(" \n") == []
    assert model.seen == []


def test_a_model_that_is_not_there_says_so(model: Model) -> None:
    with pytest.raises(InputError, match="large: GLiNER cannot load it: no large"):
        GlinerNames("large", LABELS)


def test_a_library_that_is_not_there_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gliner", None)
    with pytest.raises(MissingExtra, match=r"gliner is not installed; run: pip install 'kg\[gliner\]'"):
        GlinerNames("small", LABELS)


def seen(text: str, *, words: int, length: int = LENGTH) -> list[str]:
    return [text[start:end] for start, end in windows(text, words=words, length=length)]


def test_windows_end_with_sentences() -> None:
    assert seen("Ada slept. Ben sat. Cy ran away.", words=7) == ["Ada slept. Ben sat.", "Cy ran away."]


def test_windows_end_with_lines() -> None:
    assert seen("Ada slept\nBen sat\nCy ran", words=5) == ["Ada slept\nBen sat", "Cy ran"]


def test_an_abbreviation_ends_no_window() -> None:
    assert seen("She saw it. Then Mr. Quill left", words=7) == ["She saw it.", "Then Mr. Quill left"]


def test_windows_are_not_longer_than_asked() -> None:
    assert seen("aaa bbb ccc", words=9, length=7) == ["aaa bbb", "ccc"]


def test_a_word_that_is_longer_stays_whole() -> None:
    assert seen("a bbbbbbbbb c", words=9, length=5) == ["a", "bbbbbbbbb", "c"]


@given(st.text("ab. \n“é-", max_size=120), st.integers(1, 9), st.integers(1, 30))
def test_windows_hold_every_word_once_and_in_order(text: str, words: int, length: int) -> None:
    found = seen(text, words=words, length=length)
    word = re.compile(r"\w+(?:[-_]\w+)*|\S")
    assert [each for window in found for each in word.findall(window)] == word.findall(text)
    assert all(len(word.findall(window)) <= words for window in found)
