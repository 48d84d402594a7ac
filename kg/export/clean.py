"""Text that every format can carry; one character for one, so that offsets still count."""

import re

REPLACEMENT = "\ufffd"

_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def encodable(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate, which no UTF-8 file can hold."""
    return _SURROGATES.sub(REPLACEMENT, text)


def printable(text: str) -> str:
    """Return the text with U+FFFD for each control character and lone surrogate, and a blank for a carriage return.

    XML can hold none of the first two, and its readers turn the third into a line end.
    """
    return _NOT_XML.sub(REPLACEMENT, text.replace("\r", " "))
