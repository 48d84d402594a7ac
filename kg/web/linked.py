"""Linked data: every thing answers at its own address, for people as a page and for machines as RDF.

The IRI of an entity is `urn:kg:entity/ID`; it is looked up at /entity/ID, as a document's is at /document/ID, and any
other at /resource?iri=IRI. An ending such as `.ttl` asks for a format by an address that can be given away.
"""

from urllib.parse import quote

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.export.rdf import DOCUMENT, ENTITY, document_iri, entity_iri
from kg.web.desk import Desk, problem, unacceptable
from kg.web.negotiate import GRAPHS, HTML, names
from kg.web.static import shell

_PAGES = {ENTITY: "/entity/", DOCUMENT: "/document/"}


async def entity(request: Request) -> Response:
    """Show or tell what is known of an entity."""
    return await _thing(request, entity_iri(request.path_params["id"]))


async def document(request: Request) -> Response:
    """Show a document, or tell what it says."""
    return await _thing(request, document_iri(request.path_params["id"]))


async def resource(request: Request) -> Response:
    """Tell what is known of any IRI; for people, see the page of the thing that it names."""
    iri = request.query_params.get("iri", "")
    if not iri:
        return problem(400, "name a thing: /resource?iri=IRI")
    format = names({**GRAPHS, "html": HTML}, request.headers.get("accept", ""), request.query_params.get("format", ""))
    page = next((path + iri[len(start) :] for start, path in _PAGES.items() if iri.startswith(start)), None)
    if format == "html" and page:
        page, _, place = page.partition("#")
        return RedirectResponse(page + (f"#{place}" if place else ""), 303, {"vary": "accept"})
    return await _told(request, iri, "ttl" if format == "html" else format)


async def _thing(request: Request, iri: str) -> Response:
    accept = request.headers.get("accept", "")
    format = names({"html": HTML, **GRAPHS}, accept, request.query_params.get("format", ""))
    stem, _, ending = iri.rpartition(".")
    if ending in GRAPHS and not await _is_known(request, iri):
        iri, format = stem, ending
    if format != "html":
        return await _told(request, iri, format)
    page = shell(request)
    if await _is_known(request, iri):
        page.headers["link"] = _links(request.url, iri)
    else:
        page.status_code = 404  # it still is the page, which says so in its own way
    return page


async def _told(request: Request, iri: str, format: str | None) -> Response:
    desk: Desk = request.app.state.desk
    if format is None:
        return problem(406, unacceptable({**GRAPHS, "html": HTML}), vary="accept")
    response = await desk.respond("about", iri=iri, graphs=format)
    response.headers["link"] = f'<{quote(iri, safe=_SAFE)}>; rel="describes"'
    return response


async def _is_known(request: Request, iri: str) -> bool:
    """Tell whether there is such a thing; where that cannot be told now, say that there is."""
    desk: Desk = request.app.state.desk
    try:
        return (await desk.ask("knows", iri=iri)).reply.status != "missing"
    except KgError:
        return True


def _links(url: URL, iri: str) -> str:
    """Return where the same is in other formats."""
    path = quote(url.path, safe=_SAFE)
    found = [f'<{quote(iri, safe=_SAFE)}>; rel="describes"']
    for ending, media in GRAPHS.items():
        found.append(f'<{path}.{ending}>; rel="alternate"; type="{media.partition(";")[0]}"')
    return ", ".join(found)


_SAFE = "/:#?&=%,;+@!$*'()~[]"
