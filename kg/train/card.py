"""The model card, written from the figures that training and measuring leave beside the weights."""

import json
from pathlib import Path
from typing import Any

FIGURES = "figures.json"


def note(folder: Path, part: str, figures: dict[str, Any]) -> None:
    """Keep one part's figures beside the weights and write the card anew."""
    path = folder / FIGURES
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known[part] = figures
    path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    template = (Path(__file__).parent / "data" / "card.md").read_text(encoding="utf-8")
    (folder / "README.md").write_text(card(template, known), encoding="utf-8")


def card(template: str, figures: dict[str, Any]) -> str:
    """Return the template with `{{part}}` replaced by that part's tables; "not measured" where there are none."""
    for part in ("mentions", "syntax", "speed"):
        tables = _tables(figures[part]) if part in figures else "not measured"
        template = template.replace("{{" + part + "}}", tables)
    return template


def _tables(figures: dict[str, Any]) -> str:
    nested = {name: value for name, value in figures.items() if isinstance(value, dict)}
    flat = {name: value for name, value in figures.items() if not isinstance(value, dict)}
    parts = ["| what | figure |\n|---|---|\n" + "".join(f"| {k} | {_number(v)} |\n" for k, v in flat.items())] * bool(
        flat
    )
    for name, rows in nested.items():
        parts.append(f"**{name}**\n\n{_table(rows)}")
    return "\n".join(parts).strip()


def _table(rows: dict[str, Any]) -> str:
    if not all(isinstance(row, dict) for row in rows.values()):
        return "| what | figure |\n|---|---|\n" + "".join(f"| {k} | {_number(v)} |\n" for k, v in rows.items())
    columns = list(next(iter(rows.values())))
    head = f"| | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}\n"
    return head + "".join(f"| {n} | {' | '.join(_number(row[c]) for c in columns)} |\n" for n, row in rows.items())


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
