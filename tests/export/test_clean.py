"""Text that every format can carry."""

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.clean import encodable, printable

ANY_TEXT = st.text(st.characters(codec=None))


@settings(deadline=None)
@given(ANY_TEXT)
def test_printable_text_survives_xml(text: str) -> None:
    element = ElementTree.Element("a")
    element.text = printable(text)
    assert (ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).text or "") == printable(text)


@settings(deadline=None)
@given(ANY_TEXT)
def test_encodable_text_survives_utf8_and_keeps_its_length(text: str) -> None:
    assert encodable(text).encode().decode() == encodable(text)
    assert len(encodable(text)) == len(printable(text)) == len(text)


@settings(deadline=None)
@given(st.text("aé€😀\t\n ", max_size=20))
def test_ordinary_text_stays(text: str) -> None:
    assert printable(text) == encodable(text) == text


def test_control_characters_are_replaced_one_for_one() -> None:
    assert printable("a\x00b\x1bc\ud800\ufffe\r\n") == "a\ufffdb\ufffdc\ufffd\ufffd \n"
    assert encodable("a\x00\ud800\r") == "a\x00\ufffd\r"
