"""The questions that can be asked, each a small function of a view of the space and the parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import asdict

from kg.errors import KgError
from kg.jsonl import decode
from kg.model import Judgement
from kg.schema import Schema
from kg.space import view
from kg.space.records import Records
from kg.space.view import shapes
from kg.space.view.rows import generation
from kg.web.api.parameters import Parameters
from kg.web.api.views import Cache

NODES = 2_000  # in one scene at most
LIMITS = {"seconds": 10.0, "bytes": 128 << 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the server was started with: the space's name, how far a query may go, and the token of who may edit."""

    name: str
    limits: Mapping[str, float] | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks: `trusted` is a page of this server, or no page at all."""

    settings: Settings
    cache: Cache
    trusted: bool


class Space(shapes.Overview, frozen=True, kw_only=True, omit_defaults=True):
    """What there is in a space, and what the server allows."""

    edit: bool
    limits: Mapping[str, float]
    token: str | None = None


Answer = Callable[[Asked, Records, Schema, Parameters], Any]


def space(asked: Asked, records: Records, schema: Schema, given: Parameters) -> Space:
    """Answer what there is."""
    settings, state = asked.settings, generation(records)
    found = asked.cache.get("space", state, lambda: view.overview(records, schema, settings.name))
    token = settings.token if asked.trusted else None
    return Space(**asdict(found), edit=settings.token is not None, limits=settings.limits or LIMITS, token=token)


def search(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Results:
    """Answer which entities have such a name."""
    text, limit = given.text("q"), given.number("limit", 20, most=200)
    chosen = view.Filter(types=given.texts("type"))
    chosen.check(schema)
    return view.search(records, schema, text, limit=limit, chosen=chosen)


def scene(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Scene:
    """Answer with a part of the graph: around things, of a document, or of the most connected."""
    limit, chosen = given.number("limit", 150, most=NODES), given.chosen(schema)
    focus, document, most = given.texts("entity"), given.text("document"), given.text("most", "connected")
    if most != "connected":
        raise KgError(f"/api/scene: most is {most[:40]!r}; it can be 'connected', or give entity=… or document=…")
    if focus:
        return view.around(records, schema, focus, limit=limit, chosen=chosen)
    if document:
        return view.of_document(records, schema, document, limit=limit, chosen=chosen)
    return view.most_connected(records, schema, limit=limit, chosen=chosen)


def neighbours(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Scene:
    """Answer what to add to a scene when one of its things is opened."""
    id, known = given.required("id"), given.texts("known")
    limit, chosen = given.number("limit", 60, most=NODES), given.chosen(schema)
    return view.beside(records, schema, id, known=known, limit=limit, chosen=chosen)


def path(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Paths:
    """Answer how two things are connected."""
    start, goal = given.required("from"), given.required("to")
    length = given.number("length", 6, most=12)
    chosen = view.Filter(
        types=given.texts("type"),
        predicates=given.texts("predicate"),
        modalities=given.texts("modality"),
        score=given.share("score"),
    )
    chosen.check(schema)
    return view.paths(records, schema, start, goal, length=length, chosen=chosen)


def entity(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Page:
    """Answer all that is told of an entity."""
    return view.page(records, schema, given.required("id"))


def why(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Why:
    """Answer which sentences say so."""
    limit = given.number("limit", 100, most=1_000)
    edge, one, pair, statement = (given.text(name) for name in ("edge", "entity", "pair", "statement"))
    if sum(map(bool, (edge, one, pair, statement))) != 1:
        raise KgError("/api/why needs one of edge=…, entity=…, pair=…,… and statement=…")
    if edge:
        return view.why_edge(records, schema, edge, limit=limit)
    if one:
        return view.why_entity(records, schema, one, limit=limit)
    if statement:
        return view.why_statement(records, schema, statement)
    ends = given.texts("pair")
    if len(ends) != 2:
        raise KgError(f"/api/why: pair is {pair[:80]!r}; give two different ids of entities with a comma between")
    return view.why_pair(records, schema, *ends, limit=limit)


def documents(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Documents:
    """Answer which documents there are."""
    offset = given.number("offset", 0, most=100_000_000, least=0)
    return view.documents(records, text=given.text("q"), offset=offset, limit=given.number("limit", 50, most=1_000))


def document(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Document:
    """Answer with a document and all it says."""
    return view.document(records, schema, given.required("id"))


def places(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Map:
    """Answer what is where."""
    return view.placed(records, schema, limit=given.number("limit", 500, most=5_000), chosen=given.chosen(schema))


def timeline(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Timeline:
    """Answer what was when: by the texts' own times, or with `dated=any` also by their publication."""
    limit, dated = given.number("limit", 500, most=10_000), given.text("dated", "event")
    if dated not in ("event", "any"):
        raise KgError(f"/api/timeline: dated is {dated[:40]!r}; it can be 'event' or 'any'")
    return view.timeline(records, schema, limit=limit, chosen=given.chosen(schema), published=dated == "any")


def review(asked: Asked, records: Records, schema: Schema, given: Parameters) -> shapes.Review:
    """Answer which pairs a person should judge."""
    limit = given.number("limit", 20, most=100)
    judged = [decode(row, Judgement) for (row,) in records.rows("SELECT record FROM judgements")]
    found = asked.cache.get("review", generation(records), lambda: view.review(records, judged, limit=100))
    return shapes.Review(pairs=found.pairs[:limit])


ANSWERS: Mapping[str, Answer] = {
    "space": space,
    "search": search,
    "scene": scene,
    "neighbours": neighbours,
    "path": path,
    "entity": entity,
    "why": why,
    "documents": documents,
    "document": document,
    "map": places,
    "timeline": timeline,
    "review": review,
}
