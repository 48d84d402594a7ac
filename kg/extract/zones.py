"""Names of time zones in English text, and the offset each had at a given moment.

A table first, for what people really write; then the city names of the IANA database. Offsets come from `zoneinfo`,
which reads the system's database or the `tzdata` package; where neither is there, or a name is not known, a moment
keeps no offset rather than a guessed one.
"""

from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from re import compile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

# "IST" is not here: it is Indian, Irish and Israeli time.
ABBREVIATIONS = {
    **dict.fromkeys(("UTC", "GMT", "WET"), "+00:00"),
    **dict.fromkeys(("BST", "CET", "WEST"), "+01:00"),
    **dict.fromkeys(("CEST", "EET", "SAST"), "+02:00"),
    **dict.fromkeys(("EEST", "MSK"), "+03:00"),
    **dict.fromkeys(("HKT", "SGT", "AWST"), "+08:00"),
    **dict.fromkeys(("JST", "KST"), "+09:00"),
    **{"AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00"},
    **{"NST": "-03:30", "AST": "-04:00", "ADT": "-03:00", "HST": "-10:00", "AKST": "-09:00", "AKDT": "-08:00"},
    **{"EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00"},
    **{"MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00"},
    **{"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"},
}
_PLACES = {
    "UTC": "universal, coordinated universal, greenwich, greenwich mean, zulu",
    "America/New_York": "eastern, us eastern, washington, boston, miami, atlanta, philadelphia, florida, "
    "cape canaveral, kennedy space center",
    "America/Chicago": "central, us central, houston, dallas, texas, starbase, boca chica",
    "America/Denver": "mountain, us mountain",
    "America/Los_Angeles": "pacific, us pacific, california, san francisco, seattle, vandenberg, las vegas",
    "America/Halifax": "atlantic",
    "America/Cayenne": "kourou, french guiana",
    "America/Sao_Paulo": "brasilia, rio de janeiro",
    "America/Argentina/Buenos_Aires": "argentine, argentina, argentinian",
    "Europe/London": "british, britain, uk, english, edinburgh, scottish",
    "Europe/Dublin": "irish, ireland",
    "Europe/Zurich": "swiss, switzerland, geneva, bern, basel",
    "Europe/Berlin": "german, germany, munich, hamburg, frankfurt, cologne",
    "Europe/Vienna": "austrian, austria",
    "Europe/Paris": "french, france, central european",
    "Europe/Rome": "italian, italy, milan",
    "Europe/Madrid": "spanish, spain, barcelona",
    "Europe/Lisbon": "portuguese, portugal",
    "Europe/Brussels": "belgian, belgium",
    "Europe/Amsterdam": "dutch, netherlands, the hague",
    "Europe/Copenhagen": "danish, denmark",
    "Europe/Stockholm": "swedish, sweden",
    "Europe/Oslo": "norwegian, norway",
    "Europe/Helsinki": "finnish, finland",
    "Europe/Warsaw": "polish, poland",
    "Europe/Prague": "czech",
    "Europe/Budapest": "hungarian, hungary",
    "Europe/Bucharest": "romanian, romania",
    "Europe/Sofia": "bulgarian, bulgaria",
    "Europe/Athens": "greek, greece",
    "Europe/Istanbul": "turkish, turkey, ankara",
    "Europe/Kyiv": "ukrainian, ukraine, kiev",
    "Europe/Moscow": "st petersburg",
    "Asia/Qyzylorda": "baikonur",
    "Asia/Jerusalem": "israeli, israel",
    "Africa/Cairo": "egyptian, egypt",
    "Africa/Lagos": "nigerian, nigeria",
    "Africa/Nairobi": "kenyan, kenya",
    "Africa/Johannesburg": "south african, south africa",
    "Asia/Riyadh": "saudi, saudi arabian",
    "Asia/Dubai": "uae, emirati, abu dhabi, gulf standard",
    "Asia/Baghdad": "iraqi, iraq",
    "Asia/Tehran": "iranian, iran",
    "Asia/Karachi": "pakistani, pakistan, islamabad",
    "Asia/Kolkata": "indian, india, indian standard, delhi, new delhi, mumbai",
    "Asia/Dhaka": "bangladeshi, bangladesh",
    "Asia/Bangkok": "thai, thailand",
    "Asia/Ho_Chi_Minh": "vietnamese, vietnam, hanoi",
    "Asia/Singapore": "singaporean",
    "Asia/Manila": "philippine, philippines",
    "Asia/Shanghai": "chinese, china, beijing, jiuquan, wenchang",
    "Asia/Tokyo": "japanese, japan, japan standard, tanegashima",
    "Asia/Seoul": "korean, south korean, south korea",
    "Australia/Sydney": "canberra",
    "Pacific/Auckland": "new zealand, wellington",
}
_NAMES = {name.strip(): zone for zone, names in _PLACES.items() for name in names.split(",")}
# "Eastern Standard Time" says the offset itself, "Eastern Time" the zone.
_NAMES |= {
    f"{name} {kind}": ABBREVIATIONS[name[0].upper() + kind[0].upper() + "T"]
    for name in ("eastern", "central", "mountain", "pacific", "atlantic")
    for kind in ("standard", "daylight")
}
_NAMES |= {"central european summer": "+02:00", "british summer": "+01:00"}

_OFFSET = compile(r"(?:UTC|GMT)?\s?([+\u2212-])([0-9]{1,2})(?::?([0-9]{2}))?")


def zone_of(name: str) -> str:
    """Return the zone of "Swiss time", "EDT", "UTC+3": an IANA name, an offset `+03:00`, or "" if not known."""
    if offset := _OFFSET.fullmatch(name):
        sign, hours, minutes = offset[1], int(offset[2]), int(offset[3] or 0)
        return f"{'+' if sign == '+' else '-'}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""
    if name in ABBREVIATIONS:
        return ABBREVIATIONS[name]
    place = " ".join(name.lower().removesuffix("time").replace(".", "").split())
    return _NAMES.get(place) or _cities().get(place, "")


def localise(moment: datetime, zone: str) -> datetime:
    """Return the moment with the offset that the zone had then; unchanged where the zone is "" or not installed."""
    return moment.replace(tzinfo=_tzinfo(zone)) if zone else moment


def _tzinfo(zone: str) -> tzinfo | None:
    if zone[0] in "+-":
        hours, minutes = int(zone[1:3]), int(zone[4:6])
        span = timedelta(hours=hours, minutes=minutes)
        return timezone(-span if zone[0] == "-" else span)
    try:
        return ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        return None


@cache
def _cities() -> dict[str, str]:
    """Return "los angeles" -> "America/Los_Angeles" for each zone named after a city; empty without a database."""
    areas = {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
    zones = (zone for zone in sorted(available_timezones(), reverse=True) if zone.split("/")[0] in areas)
    return {zone.rsplit("/", 1)[-1].replace("_", " ").lower(): zone for zone in zones if "/" in zone}
