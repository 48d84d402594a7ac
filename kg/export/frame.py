"""The statements as a pandas table."""

import pandas

from kg.export.tables import STATEMENTS, statement_rows
from kg.graph import Graph


def to_pandas(graph: Graph) -> pandas.DataFrame:
    """Return a row for each statement, with the columns of the CSV file."""
    return pandas.DataFrame(list(statement_rows(graph)), columns=list(STATEMENTS))
