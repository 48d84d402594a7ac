"""What there is in a space, counted, and queries that find something in it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from kg.export.rdf import KG, PREFIXES, entity_iri
from kg.graph import Stance
from kg.model import Modality
from kg.schema import Schema
from kg.space.folded import bits
from kg.space.records import Records
from kg.space.spans import FIRST, LAST
from kg.space.view.rows import generation, label
from kg.space.view.shapes import Counted, Example, Overview


def overview(records: Records, schema: Schema, name: str) -> Overview:
    """Return what there is of each kind in the space of that name; it reads all edges, so ask once a generation."""
    predicates, modalities = _predicates(records, schema), _modalities(records)
    return Overview(
        name=name,
        generation=generation(records),
        version=str(records.rows("SELECT version FROM current")[0][0]),
        counts={
            "documents": records.rows("SELECT count(*) FROM documents")[0][0],
            "entities": records.rows("SELECT count(*) FROM nodes")[0][0],
            "facts": records.rows("SELECT count(*) FROM edges WHERE NOT inferred")[0][0],
            "statements": records.rows("SELECT coalesce(sum(statements), 0) FROM headings")[0][0],
        },
        types=_types(records, schema),
        predicates=predicates,
        modalities=modalities,
        years=_years(records),
        prefixes=dict(sorted({**PREFIXES, **schema.prefixes}.items())),
        examples=list(_examples(records, schema, predicates, modalities)),
    )


def _types(records: Records, schema: Schema) -> list[Counted]:
    """Count each entity under its most special type, and under all that this is a case of."""
    counts: Counter[str] = Counter()
    for type, subtype, count in records.rows("SELECT type, subtype, count(*) FROM nodes GROUP BY type, subtype"):
        special = schema.most_special(type, subtype)
        counts.update(dict.fromkeys(schema.ancestors(special) if special in schema.types else (special,), count))
    found = []
    for name, count in counts.items():
        known = schema.types.get(name)
        found.append(
            Counted(
                name=name,
                label=known.label if known else name,
                count=count,
                iri=known.iri if known else KG + name,
                parent=known.parent if known else None,
            )
        )
    return sorted(found, key=lambda one: (-one.count, one.name))


def _predicates(records: Records, schema: Schema) -> list[Counted]:
    counts = dict(records.rows("SELECT predicate, count(*) FROM edges GROUP BY predicate"))
    # What is so both ways, the one told and the other inferred, is one fact.
    pairs = "SELECT count(DISTINCT min(subject, object) || ' ' || max(subject, object)) FROM edges WHERE predicate = ?"
    for name in counts.keys() & {name for name, rule in schema.predicates.items() if rule.symmetric}:
        counts[name] = records.rows(pairs, name)[0][0]
    return [
        Counted(name=name, label=label(schema, name), count=count, iri=schema.predicates[name].iri)
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if name in schema.predicates
    ]


def _modalities(records: Records) -> list[Counted]:
    rows = records.rows("SELECT modalities, count(*) FROM edges WHERE NOT inferred GROUP BY modalities")
    found = [
        Counted(name=each.value, label=each.value, count=sum(n for held, n in rows if held & bits([each])))
        for each in Modality
    ]
    return [one for one in found if one.count]


def _years(records: Records) -> tuple[int, int] | None:
    sql = "SELECT min({0}), max({0}) FROM statements WHERE {0} IS NOT NULL AND {0} NOT IN (?, ?)"
    found = [day for column in ("first", "last") for day in records.rows(sql.format(column), FIRST, LAST)[0] if day]
    found += [day for day in records.rows("SELECT min(published), max(published) FROM headings")[0] if day]
    years = [int(day[:4]) for day in found]
    return (min(years), max(years)) if years else None


def _examples(
    records: Records, schema: Schema, predicates: list[Counted], modalities: list[Counted]
) -> Iterator[Example]:
    """Yield queries of which each finds something, for they ask for what was counted."""
    prefixes = {**PREFIXES, **schema.prefixes}
    best = _most_connected(records)
    if best:
        yield Example(
            title=f"Everything that is said of {best[1]}",
            query=f"SELECT ?property ?value WHERE {{\n  {_short(entity_iri(best[0]), prefixes)} ?property ?value\n}}",
        )
    facts = [one for one in predicates if _is_joining(records, schema, one.name)]
    for one in facts[:3]:
        term = _short(one.iri, prefixes)
        yield Example(
            title=f"Everything told as “{one.label}”",
            query=(
                "SELECT ?subject ?object WHERE {\n"
                f"  ?one {term} ?other ; rdfs:label ?subject .\n  ?other rdfs:label ?object .\n}}\n"
                "ORDER BY ?subject ?object\nLIMIT 100"
            ),
        )
    yield Example(
        title="How many things of each type",
        query="SELECT ?type (COUNT(?thing) AS ?things) WHERE {\n  ?thing a ?type ; rdfs:label ?name\n}\n"
        "GROUP BY ?type ORDER BY DESC(?things)",
    )
    if facts:
        yield Example(
            title="Who is connected with most others",
            query="SELECT ?name (COUNT(DISTINCT ?other) AS ?others) WHERE {\n"
            "  ?thing rdfs:label ?name ; ?property ?other .\n  ?other rdfs:label ?its .\n}\n"
            "GROUP BY ?thing ?name ORDER BY DESC(?others)\nLIMIT 20",
        )
    for one in modalities:
        if one.name in ("planned", "reported", "negated", "possible"):
            yield Example(title=f"What the texts say is {one.name}, with the sentence", query=_evidence(one.name))
    if records.rows("SELECT 1 FROM statements WHERE first IS NOT NULL LIMIT 1"):
        yield Example(
            title="What happened when",
            query="SELECT ?when ?quote WHERE { GRAPH ?document {\n  ?statement kg:time ?when ; kg:quote ?quote\n} }\n"
            "ORDER BY ?when\nLIMIT 100",
        )


def _evidence(modality: str) -> str:
    return (
        "SELECT ?subject ?predicate ?object ?quote WHERE {\n  GRAPH ?document {\n"
        f"    ?statement kg:modality kg:{modality} ; kg:quote ?quote ; rdf:subject ?one ;\n"
        "      rdf:predicate ?predicate ; rdf:object ?other .\n  }\n"
        "  ?one rdfs:label ?subject .\n  OPTIONAL { ?other rdfs:label ?name }\n"
        "  BIND(COALESCE(?name, ?other) AS ?object)\n}\nLIMIT 100"
    )


def _most_connected(records: Records) -> tuple[str, str] | None:
    rows = records.rows("SELECT id, name FROM nodes ORDER BY degree DESC, id LIMIT 1")
    return rows[0] if rows else None


def _is_joining(records: Records, schema: Schema, predicate: str) -> bool:
    """Tell whether some fact of the predicate joins two things."""
    sql = "SELECT 1 FROM edges WHERE predicate = ? AND stance = ? AND object IS NOT NULL LIMIT 1"
    return schema.predicates[predicate].datatype is None and bool(records.rows(sql, predicate, Stance.FACT.value))


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as a query writes it: short, where what is left of it needs no escapes."""
    for name, begin in prefixes.items():
        rest = iri.removeprefix(begin)
        if rest != iri and re.fullmatch(r"[A-Za-z0-9_]([\w-]*\w)?", rest, re.ASCII):
            return f"{name}:{rest}"
    return f"<{iri}>"
