"""The statements as a pandas table."""

from kg.export.frame import to_pandas
from kg.export.tables import STATEMENTS
from tests.sample import small


def test_frame_has_the_columns_and_rows_of_the_csv_file() -> None:
    frame = to_pandas(small())
    assert list(frame.columns) == list(STATEMENTS)
    assert list(frame["id"]) == [one.id for one in small().statements()]
    assert frame["score"].dtype == float
