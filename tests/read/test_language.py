import pytest

from kg.read.language import language_of

ENGLISH = "Russia will send a director and an actress into space. Their mission is to shoot the first film there. "
GERMAN = "Russland schickt einen Regisseur und eine Schauspielerin ins All. Dort drehen sie den ersten Spielfilm. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH * 3, "en"),
        (GERMAN * 3, "de"),
        ("Nur ein Satz.", "en"),
        ("0123456789 " * 40, "en"),
        (ENGLISH * 20 + "Россия отправит в космос режиссёра и актрису. " * 8, "en"),
        (" " * 900, "en"),
        (GERMAN * 9999, "de"),
    ],
)
def test_language_is_english_unless_surely_another(text: str, language: str) -> None:
    assert language_of(text) == language
