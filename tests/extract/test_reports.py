import pytest
from parsed import parse
from spacy.tokens import Token

from kg.extract.reports import reporter


def word(table: str, form: str) -> Token:
    return next(token for token in parse(table) if token.text == form)


def who(table: str, form: str = "sailed") -> str | None:
    found = reporter(word(table, form))
    return found.text if found is not None else None


def test_who_said_that_it_is_so_reports_it() -> None:
    table = "Ben NNP 2 nsubj\nsaid VBD 0 root say\nthat IN 5 mark\nAnna NNP 5 nsubj\nsailed VBD 2 ccomp sail"
    assert who(table) == "Ben"


def test_who_said_it_at_the_end_reports_it() -> None:
    assert (
        who("Anna NNP 2 nsubj\nsailed VBD 0 root sail\n, , 5 punct\nBen NNP 5 nsubj\nsaid VBD 2 parataxis say") == "Ben"
    )


@pytest.mark.parametrize(("rest", "found"), [("slept VBD 2 ccomp sleep", None), (". . 2 punct", "Ben")])
def test_whom_a_report_is_about_does_not_report(rest: str, found: str | None) -> None:
    # "Anna, who sailed, said Ben slept" where the parse has lost its subject; but "Anna sailed, said Ben."
    assert (
        who(f"Anna NNP 2 dep\nsailed VBD 4 ccomp sail\n, , 4 punct\nsaid VBD 0 root say\nBen NNP 4 dep\n{rest}")
        == found
    )


def test_according_to_tells_who_reports() -> None:
    table = "According VBG 3 case\nto IN 1 fixed\nBen NNP 5 obl\nAnna NNP 5 nsubj\nsailed VBD 0 root sail"
    assert who(table) == "Ben"


def test_who_says_so_reports_what_is_deep_within() -> None:
    table = (
        "Ben NNP 2 nsubj\nsaid VBD 0 root say\nAnna NNP 4 nsubj\nwanted VBD 2 ccomp want\nto TO 6 mark\nsail VB 4 xcomp"
    )
    assert who(table, "sail") == "Ben"


def test_nobody_reports_what_is_simply_said() -> None:
    assert who("Anna NNP 2 nsubj\nsailed VBD 0 root sail") is None


def test_nobody_reports_that_it_was_said() -> None:
    table = "Ben NNP 2 nsubj\nsaid VBD 0 root say\nthat IN 5 mark\nAnna NNP 5 nsubj\nsailed VBD 2 ccomp sail"
    assert who(table, "said") is None


def test_a_passive_has_nobody_who_says_so() -> None:
    table = (
        "It PRP 3 expl\nwas VBD 3 aux:pass be\nsaid VBN 0 root say\nthat IN 6 mark\nAnna NNP 6 nsubj\n"
        "sailed VBD 3 ccomp sail"
    )
    assert who(table) is None


def test_nobody_reports_what_stands_beside_a_report() -> None:
    table = (
        "Anna NNP 2 nsubj\nsailed VBD 0 root sail\nand CC 5 cc\nBen NNP 5 nsubj\nsaid VBD 2 conj say\nthat IN 8 mark\n"
        "Cy NNP 8 nsubj\nslept VBD 5 ccomp sleep"
    )
    assert who(table) is None
    assert who(table, "slept") == "Ben"


# The parser often takes the verb of a sentence for a participle, and what was said for a relative clause.


def test_who_speaks_at_the_end_reports_it_though_the_parse_does_not_say_so() -> None:
    table = (
        "Gannet NNP 8 nsubj\nsailed VBN 1 acl sail\nto IN 4 case\nDover NNP 2 obl\n, , 2 punct\nthe DT 7 det\n"
        "navy NN 8 nsubj\nsaid VBD 0 root say\non IN 10 case\nFriday NNP 8 obl"
    )
    assert who(table) == "navy"


def test_no_bracket_and_no_quotation_mark_says_anything() -> None:
    table = (
        "Anna NNP 2 nsubj\nsailed VBD 0 root sail\n, , 9 punct\nthe DT 5 det\nOffice NNP 2 obj\n( -LRB- 5 punct\n"
        "MoF NNP 5 appos\n) -RRB- 5 punct\nsaid VBD 2 dep say\n. . 2 punct"
    )
    assert who(table) == "MoF"
    table = "Anna NNP 2 nsubj\nsailed VBD 0 root sail\naccording VBG 2 dep\nto IN 3 fixed\n“ `` 6 punct\nHer PRP 2 dep"
    assert who(table) == "Her"


def test_what_a_phrase_adds_is_not_what_is_reported() -> None:
    table = (
        "Gannet NNP 6 nsubj\n, , 3 punct\nbuilt VBN 1 acl build\nthere RB 3 advmod\n, , 1 punct\nsank VBD 0 root sink\n"
        ", , 9 punct\nBen NNP 9 nsubj\nsaid VBD 6 parataxis say"
    )
    assert who(table, "built") is None
    assert who(table, "sank") == "Ben"


def test_who_is_named_between_commas_reports_it() -> None:
    table = "Gannet NNP 6 nsubj\n, , 4 punct\nBen NNP 4 nsubj\nsays VBZ 1 acl say\n, , 4 punct\nsailed VBD 0 root sail"
    assert who(table) == "Ben"


def test_what_was_told_with_that_is_reported_though_the_parse_has_a_relative_clause() -> None:
    table = (
        "Ben NNP 2 nsubj\ntold VBD 0 root tell\nreporters NNS 2 obj\nthat IN 6 mark\nAnna NNP 6 nsubj\n"
        "sailed VBD 3 acl:relcl sail"
    )
    assert who(table) == "Ben"


@pytest.mark.parametrize("stop", [";", ","])
def test_a_semicolon_ends_what_is_reported(stop: str) -> None:
    table = (
        f"Anna NNP 2 nsubj\nsailed VBD 0 root sail\n{stop} , 6 punct\nthe DT 5 det\nnavy NN 6 nsubj\n"
        "said VBD 2 conj say"
    )
    assert (who(table) == "navy") == (stop == ",")
