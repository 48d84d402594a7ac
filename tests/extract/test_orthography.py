"""What the writing of names tells beside the model."""

import pytest

from kg.extract.orthography import as_written
from kg.extract.tagger import Name


def read(text: str, *found: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the names of the text, given those that were found: words and type."""
    names = [Name(text.index(words), text.index(words) + len(words), kind, 0.9) for words, kind in found]
    return [(text[name.start : name.end], name.type) for name in as_written(text, names)]


@pytest.mark.parametrize("marks", ["“”", '""'])
def test_a_title_fills_its_quotation_marks(marks: str) -> None:
    text = f"He made {marks[0]}Edge of Tomorrow{marks[1]} there."
    assert read(text, ("Edge", "Work")) == [("Edge of Tomorrow", "Work")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Edge is a good film”, he said.", ("Edge", "Work")),  # what somebody says
        ("“Edge of Tomorrow” there", ("Edge", "Place")),
        ("Edge of “Tomorrow”", ("Edge", "Work")),
    ],
)
def test_other_words_are_not_joined_to_a_title(text: str, found: tuple[str, str]) -> None:
    assert read(text, found) == [found]


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("outside Elm's Quay", ("Elm's", "Place"), "Elm"),
        ("outside Elm’s quay", ("Elm’s", "Place"), "Elm"),
        ("the Elm–Oak train", ("Elm–", "Vehicle"), "Elm"),
        ("It was a U-2C. He", ("U-2C.", "Vehicle"), "U-2C"),
        ("Elm and the Oak", ("Elm and the", "Work"), "Elm"),
        ("They cried Elm! Then", ("Elm!", "Person"), "Elm"),
        ("of Apex Inc. today", ("Apex Inc.", "Organisation"), "Apex Inc."),
        ("dinner at Elm's.", ("Elm's", "Place"), "Elm's"),
        ("at Lloyd's today", ("Lloyd's", "Organisation"), "Lloyd's"),
        ("in St. John's now", ("St. John's", "Place"), "St. John's"),
    ],
)
def test_what_joins_a_name_to_the_next_word_is_no_part_of_it(text: str, found: tuple[str, str], name: str) -> None:
    assert read(text, found) == [(name, found[1])]


@pytest.mark.parametrize(
    ("word", "kept"), [("the", 0), ("US", 1), ("Will", 1), ("anna", 1), ("Easter", 0), ("May", 1), ("The", 0)]
)
def test_a_small_word_or_a_day_is_no_name(word: str, kept: int) -> None:
    assert len(read(f"{word} sailed", (word, "Work"))) == kept


def test_the_acronym_of_a_name_is_a_name() -> None:
    text = "The Outer Sky Station turned. They left the OSS; the BOSS-1 and the OSS-2 stay."
    station = ("Outer Sky Station", "Vehicle")
    assert read(text, station) == [station, ("OSS", "Vehicle")]


@pytest.mark.parametrize(
    "name",
    [
        ("Anna Olga Stone", "Person"),
        ("Apex Oil", "Organisation"),  # two letters may be anything
        ("Station", "Vehicle"),
    ],
)
def test_not_every_name_has_an_acronym(name: tuple[str, str]) -> None:
    assert read(f"{name[0]} met AOS and AO at S", name) == [name]


@pytest.mark.parametrize("words", ["Airbus A350 JA13XJ", "Concorde F-BVFB", "Cessna N77QJ", "Sentinel 90 5Y-RVA"])
def test_a_model_and_its_registration_are_two_names(words: str) -> None:
    model, _, mark = words.rpartition(" ")
    assert read(f"The {words} fell", (words, "Vehicle")) == [(model, "Vehicle"), (mark, "Vehicle")]


@pytest.mark.parametrize("words", ["Boeing KC-135R", "Antonov An-124", "Gulfstream G-IV", "F-BVFB"])
def test_a_designation_of_a_model_stays_whole(words: str) -> None:
    assert read(f"The {words} fell", (words, "Vehicle")) == [(words, "Vehicle")]


def test_what_was_found_stays() -> None:
    text = "The Outer Sky Station and OSS Line and OSS"
    found = [("Outer Sky Station", "Vehicle"), ("OSS Line", "Organisation")]
    assert read(text, *found) == [*found, ("OSS", "Vehicle")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He went to Iraq and the US in May.", ["Iraq", "US"]),
        ("Iraq's army", ["Iraq"]),
        ("the Iraq War, Air France, pro-US, iraq", []),
        ("the US actor and the UK in May", ["UK"]),
        ("Georgia and Chad left", []),  # a state or a person as well
        ("TURKEY FALLS\nin Norway", ["Norway"]),
    ],
)
def test_a_country_is_known(text: str, found: list[str]) -> None:
    assert read(text) == [(name, "Place") for name in found]


def test_a_country_that_is_part_of_a_name_stays_so() -> None:
    assert read("the US Navy in Peru", ("US Navy", "Organisation")) == [("US Navy", "Organisation"), ("Peru", "Place")]
