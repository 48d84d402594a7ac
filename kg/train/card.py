"""The model card, written from the figures that training and measuring leave beside the weights."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FIGURES = "figures.json"
MISSING = "not measured"


def note(folder: Path, part: str, figures: dict[str, Any]) -> None:
    """Keep one part's figures beside the weights and write the card anew."""
    path = folder / FIGURES
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known[part] = figures
    path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    template = (Path(__file__).parent / "data" / "card.md").read_text(encoding="utf-8")
    (folder / "README.md").write_text(card(template, known), encoding="utf-8")


def card(template: str, figures: dict[str, Any]) -> str:
    """Return the template with what stands in double braces replaced: `{{part}}`, `{{part|section|figure}}`.

    A part or section becomes its tables, a figure its number, and what was not measured says so.
    """
    return re.sub(r"\{\{([^{}]+)\}\}", lambda match: _filled(match[1].split("|"), figures), template)


def _filled(path: Sequence[str], figures: dict[str, Any]) -> str:
    value: Any = figures
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return MISSING
        value = value[step]
    return _tables(value) if isinstance(value, dict) else _number(value)


def _tables(figures: dict[str, Any]) -> str:
    if "rows" in figures:
        return f"{figures['measured on']}\n\n{_grid(figures['columns'], figures['rows'])}"
    nested = {name: value for name, value in figures.items() if isinstance(value, dict)}
    flat = {name: value for name, value in figures.items() if not isinstance(value, dict)}
    parts = [_table(flat)] if flat else []
    parts += [f"**{name}**\n\n{_table(rows)}" for name, rows in nested.items()]
    return "\n".join(parts).strip()


def _table(rows: dict[str, Any]) -> str:
    if not all(isinstance(row, dict) for row in rows.values()):
        return _grid(["what", "figure"], [[name, value] for name, value in rows.items()])
    columns = list(next(iter(rows.values())))
    return _grid(["", *columns], [[name, *(row[column] for column in columns)] for name, row in rows.items()])


def _grid(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [columns, ["---"] * len(columns), *([_number(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _number(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):  # per cent, or a share of one
        return f"{value:.1f}" if value >= 1.5 else f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
