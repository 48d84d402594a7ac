"""What is to come, told by the words about a verb: "is to fly", "is flying on Friday", "leaves next week"."""

import re

from spacy.tokens import Token

_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_BE = frozenset({"am", "is", "are", "was", "were", "'s", "’s", "'re", "’re"})
_HELPERS = frozenset({"be", "been", "have"})
_NEXT = re.compile(
    r"\b(?:tomorrow|tonight|next (?:week|month|year|spring|summer|autumn|fall|winter|[A-Z]\w+day)"
    r"|(?:this|in the) (?:coming )?(?:spring|summer|autumn|fall|winter)|later this \w+)\b"
)
_ON = re.compile(rf"\b(?:on (?:\d+ )?|in )(?:{_DAYS}|{_MONTHS})\b(?! \d{{4}})")


def is_to_be(verb: Token) -> bool:
    """Tell whether the verb is what somebody "is to" do, whatever the parse makes of the two words."""
    before = [t for t in reversed(verb.doc[verb.sent.start : verb.i]) if t.pos_ != "ADV" and t.lower_ not in _HELPERS]
    return verb.tag_ in ("VB", "VBN") and len(before) > 1 and before[0].lower_ == "to" and before[1].lower_ in _BE


def is_coming(verb: Token) -> bool:
    """Tell whether a verb in the present speaks of a time to come: "is leaving in June", "moves next week"."""
    after = verb.doc[verb.i : _end(verb)].text
    if verb.tag_ == "VBG" and any(c.lower_ in ("is", "are", "'s", "’s") and c.dep_ == "aux" for c in verb.children):
        return bool(_NEXT.search(after) or _ON.search(after))
    return verb.tag_ in ("VBZ", "VBP") and _NEXT.search(after) is not None


def _end(verb: Token) -> int:
    return next((token.i for token in verb.doc[verb.i : verb.sent.end] if token.text in (",", ";", "—")), verb.sent.end)
