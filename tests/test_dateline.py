import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dateline import dateline_at


def rest(text: str) -> str | None:
    found = dateline_at(text)
    return text[found.end :] if found is not None else None


@pytest.mark.parametrize(
    "line",
    [
        "OSLO, 5 June 2024 - ",
        "Oslo, 5 June 2024: ",
        "OSLO, June 5 \u2014 ",
        "OSLO (Agency) - ",
        "RIO DE JANEIRO, Brazil, Oct 4 (Agency) -- ",
        "Oslo, Wednesday, 5 June 2024 \u2013 ",
    ],
)
def test_the_text_goes_on_after_the_dateline(line: str) -> None:
    assert rest(f"{line}Ada left.") == "Ada left."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ada Quill (Labour) - a minister - left.",
        "Oslo (Agency) - Ada left.",
        "A (Agency) - Ada left.",
        "OSLO \u2013 Ada left.",
        "OSLO is big.",
        "OSLO (Agency) is big.",
        "Ada left on 5 June 2024 - a Monday.",
    ],
)
def test_what_begins_otherwise_is_no_dateline(text: str) -> None:
    assert rest(text) is None


@given(st.text(alphabet="OSLOa ,-\u2013()/:.15June2024\n", max_size=300))
def test_a_dateline_ends_within_its_text(text: str) -> None:
    found = dateline_at(text)
    assert found is None or 0 < found.end <= len(text)
