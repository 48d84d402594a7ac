"""How a person names a statement that is wrong, so that it is found again when its id is another."""

from collections.abc import Iterable

from kg.errors import KgError
from kg.jsonl import decode
from kg.model import Extraction, Literal, Refutation, Statement
from kg.refuted import place
from kg.resolve.rows import Memory
from kg.space.memory import memory
from kg.space.records import Records
from kg.space.said import EXTRACTIONS


def refutation_of(records: Records, statement: str, *, who: str = "", when: str = "", note: str = "") -> Refutation:
    """Return the refutation of the statement of that id.

    Raises `KgError` where there is no such statement, or where it follows by rule from another: that one is to be
    refuted then, and what follows from it goes with it.
    """
    one = _statement(records, statement)
    if one.inferred:
        raise KgError(
            f"{statement} only follows from another statement, which is to be refuted: {_source(records, one)}"
        )
    sql = f"{EXTRACTIONS.format('extractions.record')} WHERE id = ?"
    extraction = decode(records.rows(sql, one.document)[0][0], Extraction)
    owner = _owners(memory(records), one.document)
    for relation in extraction.relations:
        thing = relation.object if isinstance(relation.object, Literal) else owner.get(place(relation.object))
        said = (relation.predicate, relation.start, relation.end, relation.modality)
        ends = owner.get(place(relation.subject)), thing
        if said == (one.predicate, one.start, one.end, one.modality) and ends == (one.subject, one.object):
            return Refutation(
                document=one.document,
                start=one.start,
                end=one.end,
                quote=one.quote,
                predicate=one.predicate,
                modality=one.modality,
                subject=relation.subject,
                object=relation.object,
                statement=one.id,
                claim=_claim(records, one),
                who=who,
                when=when,
                note=note,
            )
    raise KgError(f"{statement} is of no relation that was read; build the space again")


def named(refutations: Iterable[Refutation], id: str) -> list[Refutation]:
    """Return the refutations of that id, or of the statement of that id; raise `KgError` where there is none."""
    refutations = list(refutations)
    found = [one for one in refutations if id in (one.id, one.statement)]
    if not found:
        raise KgError(f"nothing is refuted under the id {id!r}; kg refute SPACE lists what is")
    keys = {one.id for one in found}
    return [one for one in refutations if one.id in keys]


def _statement(records: Records, id: str) -> Statement:
    rows = records.rows("SELECT record FROM statements WHERE id = ?", id)
    if not rows:
        raise KgError(f"no statement has the id {id!r}; kg why tells the ids, which change where its ends are merged")
    return decode(rows[0][0], Statement)


def _source(records: Records, one: Statement) -> str:
    """Return the statements that an inferred one can follow from, as a person reads them."""
    rows = records.rows("SELECT record FROM statements WHERE document = ?", one.document)
    place = (one.start, one.end, one.modality)
    for said in sorted((decode(row, Statement) for (row,) in rows), key=lambda each: each.id):
        same = {str(said.subject), str(said.object)} == {str(one.subject), str(one.object)}
        if not said.inferred and same and (said.start, said.end, said.modality) == place:
            return f"{said.id}, “{_claim(records, said)}”"
    return "none is left; build the space again"


def _claim(records: Records, one: Statement) -> str:
    def called(id: str) -> str:
        rows = records.rows("SELECT name FROM nodes WHERE id = ?", id)
        return str(rows[0][0]) if rows else id

    thing = one.object.value if isinstance(one.object, Literal) else called(one.object)
    return f"{called(one.subject)} {one.predicate} {thing}"


def _owners(known: Memory, document: str) -> dict[tuple[int, int], str]:
    """Return the entity of each resolved mention of a document, by its place."""
    rows = known.said.find("document", [document])
    home = {unit.id: unit.entity for unit in known.units.find("id", (row.unit for row in rows))}
    return {span: home[row.unit] for row in rows for span in row.chain.spans}
