"""The parameters of a request, checked: what is wrong is named with what would be right."""

from typing import Self
from urllib.parse import parse_qsl

from kg.errors import KgError
from kg.schema import Schema
from kg.space.view import Filter

LONGEST = 100_000  # characters of one value
_MANY = 10_000  # values in a list


class Parameters:
    """What stands behind the question mark; each parameter is taken once, and none may be left over."""

    def __init__(self, values: dict[str, str], where: str) -> None:
        self._values, self._where = values, where
        self._known: list[str] = []

    @classmethod
    def of(cls, query: str, *, where: str) -> Self:
        """Return the parameters of a query string; raise `KgError` where one is given twice or is no text."""
        try:
            pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=100)
        except (UnicodeDecodeError, ValueError) as error:
            raise KgError(f"{where}: the parameters are no UTF-8 text, or more than 100 ({error})") from error
        values = dict(pairs)
        if len(values) < len(pairs):
            twice = next(name for name in values if sum(name == other for other, _ in pairs) > 1)
            raise KgError(f"{where}: {twice!r} is given twice; put commas between several values")
        return cls(values, where)

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        self._known.append(name)
        value = self._values.get(name, default)
        if len(value) > LONGEST:
            raise KgError(f"{self._where}: {name} has {len(value):,} characters; at most {LONGEST:,} are read")
        return value

    def required(self, name: str) -> str:
        """Return a text that has to be there."""
        value = self.text(name)
        if not value:
            raise KgError(f"{self._where} needs {name}=…")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts between commas, each once."""
        values = tuple(dict.fromkeys(value for value in self.text(name).split(",") if value))
        if len(values) > _MANY:
            raise KgError(f"{self._where}: {name} has {len(values):,} values; at most {_MANY:,} are read")
        return values

    def number(self, name: str, default: int, *, most: int, least: int = 1) -> int:
        """Return a whole number between two others."""
        text = self.text(name) or str(default)
        if not (text.isascii() and text.isdecimal()) or not least <= int(text[:9]) <= most or len(text) > 9:
            raise KgError(f"{self._where}: {name} is {text[:40]!r}; give a whole number from {least} to {most}")
        return int(text)

    def share(self, name: str) -> float:
        """Return a number from 0 to 1; 0 where there is none."""
        text = self.text(name) or "0"
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            raise KgError(f"{self._where}: {name} is {text[:40]!r}; give a number from 0 to 1")
        return value

    def chosen(self, schema: Schema) -> Filter:
        """Return what is to be seen; raise `KgError` where something of it is unknown."""
        chosen = Filter(
            types=self.texts("type"),
            predicates=self.texts("predicate"),
            modalities=self.texts("modality"),
            score=self.share("score"),
            first=self.text("from") or None,
            last=self.text("to") or None,
        )
        chosen.check(schema)
        return chosen

    def done(self) -> None:
        """Raise `KgError` where a parameter was given that nobody has asked for."""
        for name in self._values:
            if name not in self._known:
                there = ", ".join(dict.fromkeys(self._known)) or "none"
                raise KgError(f"{self._where} has no parameter {name[:40]!r}; there are: {there}")
