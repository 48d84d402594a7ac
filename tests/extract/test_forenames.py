import pytest

from kg.extract.forenames import HERS, HIS, gender_of


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Anna Berg", HERS),
        ("Dr. Olga Reyes", HERS),
        ("Captain Zoë Hart", HERS),
        ("Anne-Marie Holt", HERS),
        ("Volodymyr Zelensky", HIS),
        ("Mr Hart", HIS),
        ("Mrs. Paul Lang", HERS),  # the title is nearer than the name
        ("Kim Hart", None),  # of both
        ("Andrea Hart", None),
        ("Qzx Hart", None),
        ("Thomas", None),  # may be a surname
        ("", None),
    ],
)
def test_a_title_or_a_forename_of_one_gender_tells_it(name: str, gender: str | None) -> None:
    assert gender_of(name) == gender
