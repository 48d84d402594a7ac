"""The SPARQL 1.1 Graph Store HTTP Protocol, to read: https://www.w3.org/TR/sparql11-http-rdf-update/.

Graphs are named by `?graph=IRI`, the default one by `?default`; or by the address itself, /graph/IRI.
"""

from starlette.requests import Request
from starlette.responses import Response

from kg.sparql.direct import Question
from kg.web.desk import Desk, problem, unacceptable
from kg.web.negotiate import GRAPHS, names
from kg.web.protocol import Refused, fields_of


async def graph(request: Request) -> Response:
    """Return one graph of the space."""
    desk: Desk = request.app.state.desk
    try:
        fields = fields_of(request.scope["query_string"])
    except Refused as error:
        return problem(error.status, str(error))
    chosen = [*fields.get("graph", ()), *(("",) if "default" in fields else ())]
    direct = request.path_params.get("iri")
    if len(chosen) + (direct is not None) != 1 or fields.get("graph") == [""]:
        return problem(400, "name one graph: /graph?default for the facts, /graph?graph=IRI for a document's evidence")
    format = names(GRAPHS, request.headers.get("accept", ""), fields.get("format", [""])[0])
    if format is None:
        return problem(406, unacceptable(GRAPHS))
    return await desk.respond("graph", iri=direct or chosen[0] or None, graphs=format, question=Question(""))
