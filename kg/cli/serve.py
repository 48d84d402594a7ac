"""`kg serve`: a space in a browser, and its SPARQL endpoint."""

import logging

import click


@click.command()
@click.argument("space")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option(
    "--time-limit",
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="How long a query may run.",
)
@click.option("--edit", is_flag=True, help="Let the pages merge, split and refute; only on this machine.")
@click.option("--open", "opens", is_flag=True, help="Open the page in a browser.")
def serve(space: str, host: str, port: int, time_limit: float, edit: bool, opens: bool) -> None:
    """Show a space in a browser, and answer SPARQL about it.

    One address has it all: the explorer at /, a SPARQL 1.1 endpoint at /sparql, graphs to read at /graph, and each
    thing at /entity/ID, a page for people and RDF for who accepts it. Nothing is loaded from elsewhere. A change of the
    space is seen at once. Ctrl-C ends it.

    \b
        kg serve space
        kg serve space --port 0 --open
        curl 'http://127.0.0.1:8000/sparql?format=csv' --data-urlencode 'query=SELECT * { ?s kg:aboard ?o }'
    """
    from kg.web.limits import Limits
    from kg.web.serving import serve

    def tell(address: str) -> None:
        click.echo(f"{space} is at {address} and answers SPARQL at {address}sparql; Ctrl-C ends it")
        if opens:
            click.launch(address)

    logging.basicConfig(format="kg: %(message)s", level=logging.WARNING)
    serve(space, host=host, port=port, limits=Limits(seconds=time_limit), edit=edit, tell=tell)
