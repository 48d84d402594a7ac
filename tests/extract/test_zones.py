from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from kg.extract import zones


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Swiss time", "Europe/Zurich"),
        ("EDT", "-04:00"),
        ("Eastern Time", "America/New_York"),
        ("Eastern Daylight Time", "-04:00"),
        ("Central European Summer Time", "+02:00"),
        ("Los Angeles time", "America/Los_Angeles"),
        ("Baikonur time", "Asia/Qyzylorda"),
        ("UTC+5:30", "+05:30"),
        ("GMT\u22123", "-03:00"),
        ("local time", ""),
        ("Hammer time", ""),
        ("", ""),
    ],
)
def test_zone_of_knows_names_people_write(name: str, zone: str) -> None:
    assert zones.zone_of(name) == zone


@pytest.mark.parametrize("zone", sorted({*zones.ABBREVIATIONS.values(), *zones._NAMES.values()}))
def test_every_zone_of_the_table_has_an_offset(zone: str) -> None:
    assert zones.localise(datetime(2021, 10, 5), zone).utcoffset() is not None


def test_localise_knows_summer_time() -> None:
    summer, winter = (zones.localise(datetime(2021, month, 5), "Europe/Zurich") for month in (7, 1))
    assert (summer.isoformat()[-6:], winter.isoformat()[-6:]) == ("+02:00", "+01:00")


def test_a_moment_keeps_no_offset_without_a_zone_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zones, "ZoneInfo", missing)
    assert zones.localise(datetime(2021, 10, 5), "Europe/Zurich").tzinfo is None
