import json
from pathlib import Path

import pytest

from kg.train import card as module
from kg.train.card import card, note


def test_a_part_is_put_into_its_place() -> None:
    assert card("Speed: {{speed}}.", {"speed": {"words a second": 3300}}) == (
        "Speed: | what | figure |\n| --- | --- |\n| words a second | 3,300 |."
    )


@pytest.mark.parametrize("part", ["mentions", "syntax", "speed"])
def test_a_part_that_is_not_known_says_so(part: str) -> None:
    assert card("{{" + part + "}}", {}) == "not measured"


def test_a_table_has_a_row_for_each_type() -> None:
    figures = {"UNER": {"Person": {"f1": 81.5, "marked": 1200}, "all": {"f1": 70.0, "marked": 3000}}}
    assert card("{{mentions}}", {"mentions": figures}) == (
        "**UNER**\n\n|  | f1 | marked |\n| --- | --- | --- |\n| Person | 81.5 | 1,200 |\n| all | 70.0 | 3,000 |"
    )


def test_a_part_may_have_figures_and_tables() -> None:
    text = card("{{syntax}}", {"syntax": {"words": 10, "EWT": {"tags": 93.1}}})
    assert "| words | 10 |" in text
    assert "**EWT**\n\n| what | figure |\n| --- | --- |\n| tags | 93.1 |" in text


def test_a_single_figure_can_be_put_into_a_sentence() -> None:
    figures = {"joint": {"gap gap.zip": {"figures": {"F1": 71.26, "bias": 0.9714}}}}
    text = "F1 {{joint|gap gap.zip|figures|F1}}, bias {{joint|gap gap.zip|figures|bias}}, {{joint|gap|figures|F1}}"
    assert card(text, figures) == "F1 71.3, bias 0.971, not measured"


def test_a_benchmark_becomes_its_table() -> None:
    told = {"measured on": "2 texts", "columns": ["type", "F1"], "rows": [["Person", 80.0], ["Place", None]]}
    table = "2 texts\n\n| type | F1 |\n| --- | --- |\n| Person | 80.0 |\n| Place | – |"
    assert card("{{joint|mentions}}", {"joint": {"mentions": told}}) == table + "\n"


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A card's template in the place of the shipped one."""
    (tmp_path / "train" / "data").mkdir(parents=True)
    (tmp_path / "train" / "data" / "card.md").write_text("{{mentions}} / {{speed}}", encoding="utf-8")
    monkeypatch.setattr(module, "__file__", str(tmp_path / "train" / "card.py"))
    return tmp_path


def test_a_note_is_kept_beside_the_weights(template: Path) -> None:
    note(template, "speed", {"words": 1})
    assert json.loads((template / "figures.json").read_text(encoding="utf-8")) == {"speed": {"words": 1}}


def test_a_note_writes_the_card(template: Path) -> None:
    note(template, "speed", {"words": 1})
    assert (template / "README.md").read_text(encoding="utf-8").startswith("not measured / | what | figure |")


def test_a_note_leaves_the_other_parts_as_they_are(template: Path) -> None:
    note(template, "speed", {"words": 1})
    note(template, "mentions", {"f1": 2})
    note(template, "speed", {"words": 3})
    figures = json.loads((template / "figures.json").read_text(encoding="utf-8"))
    assert figures == {"speed": {"words": 3}, "mentions": {"f1": 2}}
