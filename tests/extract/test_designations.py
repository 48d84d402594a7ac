import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.designations import designations


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[one.start : one.end], one.subtype, one.detail) for one in designations(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The destroyer HMS Daring sailed.", "HMS Daring"),
        ("The USS Carl Vinson is at sea.", "USS Carl Vinson"),
        ("MV Ever Given ran aground.", "MV Ever Given"),
        ("HMS Prince of Wales left port.", "HMS Prince of Wales"),
        ("The S.S. Marie Celeste sank.", "S.S. Marie Celeste"),
        ('The M.V. William "Bill" Hart left.', 'M.V. William "Bill" Hart'),
    ],
)
def test_a_ship_is_known_by_its_prefix(text: str, name: str) -> None:
    assert found(text) == [(name, "Ship", "individual")]


def test_aircraft_and_trains_may_be_known_by_a_number_that_is_called_so() -> None:
    assert found("The C-130, tail number 5125, overshot.")[1:] == [("5125", "Aircraft", "individual")]
    assert found("The express, train number 12841, left.") == [("12841", "Train", "individual")]
    assert found("The locomotive 1116 404 and call sign 77115 left.") == [
        ("1116 404", "Train", "individual"),
        ("77115", "Aircraft", "individual"),
    ]
    assert found("A number 12841 and a tail number are none.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Malaysia Airlines Flight 370 vanished.", "Flight 370"),
        ("Flight MH370 vanished.", "Flight MH370"),
        ("The flight MH370 vanished.", "MH370"),
    ],
)
def test_a_flight_is_known_by_its_number(text: str, name: str) -> None:
    assert found(text) == [(name, "Aircraft", "individual")]


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("Boeing 737 MAX 8", "Aircraft"),
        ("Airbus A320neo", "Aircraft"),
        ("Antonov An-124", "Aircraft"),
        ("F-16", "Aircraft"),
        ("MiG-29", "Aircraft"),
        ("T-72", "ArmouredVehicle"),
        ("BTR-80", "ArmouredVehicle"),
        ("Falcon 9", "Rocket"),
        ("Atlas V", "Rocket"),
        ("Long March 5B", "Rocket"),
    ],
)
def test_a_model_is_known_by_its_form(name: str, subtype: str) -> None:
    assert found(f"They saw a {name} there.") == [(name, subtype, "model")]


@pytest.mark.parametrize(
    "text",
    [
        "Miss Daring was late.",
        "The flight left at 10.",
        "He flew 370 miles.",
        "a Boeing plane",
        "It is on the A-list.",
        "HMS is a prefix.",
    ],
)
def test_what_only_looks_alike_is_none(text: str) -> None:
    assert found(text) == []


def test_designations_come_in_the_order_of_the_text() -> None:
    text = "A Boeing 747 flew over HMS Daring and a T-72."
    assert [name for name, *_ in found(text)] == ["Boeing 747", "HMS Daring", "T-72"]


_PARTS = st.sampled_from("HMS,Daring,Flight,370,MH370,Boeing,737-800,F-16,T-72,of,the,Falcon,9,An-124,.".split(","))


@given(st.lists(_PARTS, max_size=12).map(" ".join))
def test_designations_lie_in_the_text_without_overlaps(text: str) -> None:
    end = 0
    for one in designations(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
