"""What there is to extract: the types of things, the predicates between them, and how texts say these.

The built-in schema is `schema.toml`; files of the user's with the same tables extend it, or change an entry field by
field, and may bring patterns, written as in `extract/patterns.toml`. A schema is checked as a whole when it is loaded,
so whatever holds one can trust every name in it.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kg.errors import KgError, SchemaError

BUILTIN = Path(__file__).with_name("schema.toml")
DATATYPES = ("string", "date")

# Names that no type or predicate can have: the output gives them to the evidence and to the entities themselves.
RESERVED = {
    *("id", "name", "type", "subtype", "aliases", "same_as", "label", "document", "Document"),
    *("latitude", "longitude", "country", "countryCode"),
    *("modality", "time", "confidence", "quote", "extractor", "extractorVersion", "source", "inferred", "inverseMatch"),
    *("asserted", "reported", "planned", "possible", "negated", "past"),
}

_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]+')

Entry = TypeVar("Entry", bound="Type | Predicate")
Pattern = TypeVar("Pattern", bound="Clause | Role")


class Type(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of thing; `parent` is the kind that it is a special case of."""

    label: str
    comment: str = ""
    parent: str | None = None
    iri: str = ""


class Predicate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be said of a thing: the ends it is allowed between, and what follows from it.

    No `subject` or `object` allows any type; `datatype` instead of `object` makes the object a literal.
    """

    label: str
    comment: str = ""
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    datatype: str | None = None
    same_type: bool = False
    symmetric: bool = False
    inverse: str | None = None
    implies: tuple[str, ...] = ()
    presence: bool = False
    functional: bool = False
    iri: str = ""
    inverse_iri: str = ""
    wikidata: tuple[str, ...] = ()


class Clause(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A verb whose arguments are the two ends; `through` names a noun that stands between ("roles in the film").

    Where `reciprocal`, any two of a list of subjects are the ends too ("A and B collided").
    """

    predicate: str
    lemmas: tuple[str, ...]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    subject_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    reciprocal: bool = False
    score: float = 0.8


class Role(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A noun that one thing, the holder, is of another; `only` asks for a word before it ("prime minister").

    Where `reciprocal`, any two holders, or two things that it is between, are the ends too ("A and B are siblings", "a
    collision between A and B").
    """

    predicate: str
    nouns: tuple[str, ...]
    only: dict[str, tuple[str, ...]] = {}
    reverse: bool = False
    reciprocal: bool = False
    holder_types: tuple[str, ...] = ()
    object_types: tuple[str, ...] = ()
    score: float = 0.8


class Schema(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every type and predicate by name, its IRI written out, and the patterns that came with them.

    Consistent, because `load` has checked it. The built-in patterns are not here: they belong to the extractor.
    """

    prefixes: dict[str, str]
    types: dict[str, Type]
    predicates: dict[str, Predicate]
    clause: tuple[Clause, ...] = ()
    role: tuple[Role, ...] = ()

    def type(self, name: str) -> Type:
        """Return the type of that name; raise `KgError` with the names that exist."""
        return _named(self.types, "type", name)

    def predicate(self, name: str) -> Predicate:
        """Return the predicate of that name; raise `KgError` with the names that exist."""
        return _named(self.predicates, "predicate", name)

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Return the type itself, its parent, and so on up to its root."""
        line = [name]
        while (parent := self.type(line[-1]).parent) is not None:
            line.append(parent)
        return tuple(line)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether a type is another one or a special case of it; a name without an entry is only itself."""
        return name == ancestor or (name in self.types and ancestor in self.ancestors(name))

    def most_special(self, type: str, subtype: str | None) -> str:
        """Return the subtype where it is one of the type, else the type."""
        return subtype if subtype is not None and self.is_a(subtype, type) else type

    def allows(self, predicate: str, subject: str, object: str) -> bool:
        """Tell whether the predicate may stand between two types, or between a type and a literal's datatype."""
        rule = self.predicates.get(predicate)
        if rule is None or not self._within(subject, rule.subject):
            return False
        if rule.datatype is not None:
            return object == rule.datatype
        if not self._within(object, rule.object):
            return False
        return not rule.same_type or self.ancestors(subject)[-1] == self.ancestors(object)[-1]

    def _within(self, name: str, allowed: tuple[str, ...]) -> bool:
        return name in self.types and (not allowed or any(self.is_a(name, one) for one in allowed))


def load(paths: Iterable[Path | str] = ()) -> Schema:
    """Return the built-in schema with the files merged over it in order, a later field winning, and their patterns.

    Raise `SchemaError` naming file, entry and remedy where a file cannot be read or the whole contradicts itself.
    """
    return _Loader([BUILTIN, *map(Path, paths)]).schema()


class _Loader:
    """The tables merged so far, and which file last touched each entry, for the error messages."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.tables: dict[str, dict[str, Any]] = {"prefixes": {}, "types": {}, "predicates": {}}
        self.patterns: dict[str, list[tuple[str, Any]]] = {"clause": [], "role": []}  # each with its file
        self.touched: dict[tuple[str, str], Path] = {}
        self.files = list(paths)
        for path in self.files:
            self._merge(path)

    def schema(self) -> Schema:
        prefixes = {name: self._checked("prefixes", name, str) for name in self.tables["prefixes"]}
        types = {name: self._entry("types", name, Type, prefixes) for name in self.tables["types"]}
        predicates = {name: self._entry("predicates", name, Predicate, prefixes) for name in self.tables["predicates"]}
        schema = Schema(prefixes=prefixes, types=types, predicates=_both_ways(predicates))
        problems = list(_problems(schema))
        if problems:  # of those that only show between two files, the later one is told
            raise self._error(*max(problems, key=lambda found: self.files.index(self.touched[found[:2]])))
        clauses = [self._pattern("clause", number, Clause, schema) for number in range(len(self.patterns["clause"]))]
        roles = [self._pattern("role", number, Role, schema) for number in range(len(self.patterns["role"]))]
        return msgspec.structs.replace(schema, clause=tuple(clauses), role=tuple(roles))

    def _merge(self, path: Path) -> None:
        for table, entries in _read(path).items():
            if table in self.patterns and isinstance(entries, list):
                self.patterns[table] += [(str(path), entry) for entry in entries]
                continue
            if table not in self.tables or not isinstance(entries, dict):
                there = ", ".join([*(f"[{name}]" for name in self.tables), *(f"[[{name}]]" for name in self.patterns)])
                raise SchemaError(f"unknown table [{table}]; there are: {there}", path=str(path))
            for name, fields in entries.items():
                self.touched[table, name] = path
                known = self.tables[table].get(name)
                merge = isinstance(known, dict) and isinstance(fields, dict)
                self.tables[table][name] = known | fields if merge else fields

    def _entry(self, table: str, name: str, kind: type[Entry], prefixes: Mapping[str, str]) -> Entry:
        if not _NAME.fullmatch(name):
            raise self._error(table, name, "a name is a letter, then letters, digits or _; rename it")
        entry: Entry = self._checked(table, name, kind)
        entry = msgspec.structs.replace(entry, iri=_expand(entry.iri or f"kg:{name}", prefixes))
        if isinstance(entry, Predicate) and entry.inverse_iri:
            entry = msgspec.structs.replace(entry, inverse_iri=_expand(entry.inverse_iri, prefixes))
        return entry

    def _pattern(self, table: str, number: int, kind: type[Pattern], schema: Schema) -> Pattern:
        path, fields = self.patterns[table][number]
        place = 1 + sum(other == path for other, _ in self.patterns[table][:number])
        try:
            pattern = msgspec.convert(fields, kind)
        except msgspec.ValidationError as error:
            raise SchemaError(f"[[{table}]] number {place}: {error}", path=path) from error
        for problem in _pattern_problems(schema, pattern):
            raise SchemaError(f"[[{table}]] number {place}: {problem}", path=path)
        return pattern

    def _checked(self, table: str, name: str, kind: type[Any]) -> Any:
        try:
            return msgspec.convert(self.tables[table][name], kind)
        except msgspec.ValidationError as error:
            raise self._error(table, name, str(error)) from error

    def _error(self, table: str, name: str, problem: str) -> SchemaError:
        return SchemaError(f"[{table}.{name}] {problem}", path=str(self.touched[table, name]))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SchemaError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except ValueError as error:
        raise SchemaError(f"is not TOML: {error}", path=str(path)) from error


def _expand(iri: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = iri.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else iri


def _both_ways(predicates: dict[str, Predicate]) -> dict[str, Predicate]:
    """Let an inverse that is declared on one predicate hold on the other too."""
    completed = dict(predicates)
    for name, rule in predicates.items():
        other = completed.get(rule.inverse or "")
        if rule.inverse and other and other.inverse is None:
            completed[rule.inverse] = msgspec.structs.replace(other, inverse=name)
    return completed


def _problems(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Yield table, entry and problem for everything that contradicts itself."""
    for table, names in (("types", schema.types), ("predicates", schema.predicates)):
        for name in sorted(RESERVED.intersection(names)):
            yield table, name, "the name is taken by a field of the output; choose another"
    for name, kind in schema.types.items():
        if kind.parent is not None and kind.parent not in schema.types:
            yield "types", name, f"unknown parent {kind.parent!r}; there are: {_list(schema.types)}"
    for name, rule in schema.predicates.items():
        yield from (("predicates", name, problem) for problem in _rule_problems(schema, name, rule))
    yield from _iri_problems(schema)
    yield from _cycles("types", "parent", schema.types, lambda kind: (kind.parent,) if kind.parent else ())
    yield from _cycles("predicates", "implies", schema.predicates, lambda rule: rule.implies)


def _rule_problems(schema: Schema, name: str, rule: Predicate) -> Iterator[str]:
    for kind in (*rule.subject, *rule.object):
        if kind not in schema.types:
            yield f"unknown type {kind!r}; there are: {_list(schema.types)}"
    for other in (*rule.implies, *((rule.inverse,) if rule.inverse else ())):
        if other not in schema.predicates:
            yield f"unknown predicate {other!r}; there are: {_list(schema.predicates)}"
    if rule.datatype is not None and rule.datatype not in DATATYPES:
        yield f"unknown datatype {rule.datatype!r}; there are: {_list(DATATYPES)}"
    if rule.datatype is not None and (rule.object or rule.symmetric or rule.inverse or rule.same_type):
        yield "a literal has no object types, inverse or symmetry; take out datatype or these"
    if rule.symmetric and rule.subject != rule.object:
        yield "what is symmetric has the same subject and object types; make them so"
    inverse = schema.predicates.get(rule.inverse or "")
    if inverse is not None and (rule.symmetric or inverse is rule or inverse.inverse != name):
        yield f"cannot have {rule.inverse!r} as its inverse; that has another, or is to be symmetric instead"


def _pattern_problems(schema: Schema, pattern: Clause | Role) -> Iterator[str]:
    rule = schema.predicates.get(pattern.predicate)
    if rule is None:
        yield f"unknown predicate {pattern.predicate!r}; there are: {_list(schema.predicates)}"
        return
    ends = pattern.subject_types if isinstance(pattern, Clause) else pattern.holder_types
    for kind in (*ends, *pattern.object_types):
        if kind not in schema.types:
            yield f"unknown type {kind!r}; there are: {_list(schema.types)}"
    told = pattern.lemmas if isinstance(pattern, Clause) else pattern.nouns
    if not all(told) or not told or told != tuple(word.lower() for word in told):
        yield "words are written in small letters, and there is at least one"
    if isinstance(pattern, Clause) and not (pattern.subject and pattern.object):
        yield "subject and object each name at least one place in the clause: agent, patient or a preposition"
    timed = isinstance(pattern, Clause) and pattern.object == ("time",)
    if timed != (rule.datatype == "date") or rule.datatype == "string":
        yield 'object = ["time"] goes with a predicate whose datatype is "date"; other literals no pattern finds'
    if not 0 < pattern.score <= 1:
        yield f"the score {pattern.score} is not above 0 and at most 1"


def _iri_problems(schema: Schema) -> Iterator[tuple[str, str, str]]:
    seen: dict[str, str] = {}
    for table, entries in (("types", schema.types), ("predicates", schema.predicates)):
        for name, entry in entries.items():
            if not _IRI.fullmatch(entry.iri):
                yield table, name, f"{entry.iri!r} is not an IRI; write prefix:name or https://…"
            if entry.iri in seen:
                yield table, name, f"has the IRI of {seen[entry.iri]}, {entry.iri}; give one of them another"
            seen[entry.iri] = f"[{table}.{name}]"


def _cycles(
    table: str, field: str, entries: Mapping[str, Entry], steps: Callable[[Entry], tuple[str, ...]]
) -> Iterator[tuple[str, str, str]]:
    for name in entries:
        reached: set[str] = set()
        queue = list(steps(entries[name]))
        while queue:
            if (step := queue.pop()) in entries and step not in reached:
                reached.add(step)
                queue.extend(steps(entries[step]))
        if name in reached:
            yield table, name, f"goes round in a circle; take one {field} out"


def _named(entries: Mapping[str, Entry], kind: str, name: str) -> Entry:
    if name not in entries:
        raise KgError(f"no {kind} {name!r} in the schema; there are: {_list(entries)}")
    return entries[name]


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
