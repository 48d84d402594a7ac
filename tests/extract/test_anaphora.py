from parsed import chain_of, joined, parse

from kg.extract.found import Findings
from kg.model import Kind

BEN = "Ben_Oduya NNP 2 nsubj Person\nslept VBD 0 root sleep\n. . 2 punct"
ANNA = "actress NN 2 compound\nAnna_Vale NNP 3 nsubj Person\nslept VBD 0 root sleep\n. . 3 punct"
GANNET = "The DT 3 det\nferry NN 3 compound\nGannet NNP 4 nsubj Vehicle\nsank VBD 0 root sink\n. . 4 punct"
TERN = "The DT 3 det\nferry NN 3 compound\nTern NNP 4 nsubj Vehicle\nsailed VBD 0 root sail\n. . 4 punct"
FILM = "They PRP 2 nsubj\nwatched VBD 0 root watch\nGrey_Water NNP 2 obj Work\n. . 2 punct"


def read(*sentences: str) -> Findings:
    return joined(parse("\n\n".join(sentences)))


def description(*words: str) -> str:
    noun = len(words)
    dets = "\n".join(f"{word} DT {noun} det" for word in words[:-1])
    return f"{dets}\n{words[-1]} NN {noun + 1} nsubj\nwaited VBD 0 root wait\n. . {noun + 1} punct".lstrip()


def test_a_description_is_the_thing_that_its_noun_called_so() -> None:
    findings = read(GANNET, description("The", "ferry"))
    assert chain_of(findings, "The ferry") == chain_of(findings, "Gannet")


def test_a_description_is_the_thing_whose_name_has_its_noun() -> None:
    station = "Outer_Sky_Station NNP 2 nsubj Vehicle\nturned VBD 0 root turn\n. . 2 punct"
    findings = read(station, TERN, description("the", "station"))
    assert chain_of(findings, "the station") == chain_of(findings, "Outer Sky Station")


def test_a_description_has_the_type_of_its_thing() -> None:
    findings = read(GANNET, description("The", "ferry"))
    assert (findings.all[-1].kind, findings.all[-1].type, findings.all[-1].subtype) == (
        Kind.DESCRIPTION,
        "Vehicle",
        "Ship",
    )


def test_a_description_that_fits_two_things_is_neither() -> None:
    assert chain_of(read(GANNET, TERN, description("The", "ferry")), "The ferry") is None


def test_a_description_with_an_indefinite_article_is_new() -> None:
    assert chain_of(read(GANNET, description("a", "ferry")), "a ferry") is None


def test_there_is_one_police_and_it_is_no_firm() -> None:
    apex = "Apex NNP 2 nsubj Organisation\nclosed VBD 0 root close\n. . 2 punct"
    assert chain_of(read(apex, description("The", "agency")), "The agency") is not None
    assert chain_of(read(apex, description("The", "police")), "The police") is None


def test_a_bare_noun_is_left_alone() -> None:
    assert chain_of(read(GANNET, description("ferry")), "ferry") is None


def test_a_plural_is_left_alone() -> None:
    plural = "The DT 2 det\nferries NNS 3 nsubj ferry\nwaited VBD 0 root wait"
    assert chain_of(read(GANNET, plural), "The ferries") is None


def test_a_description_before_its_thing_is_left_alone() -> None:
    assert chain_of(read(description("The", "ferry"), GANNET), "The ferry") is None


def test_a_description_of_another_kind_is_left_alone() -> None:
    assert chain_of(read(GANNET, description("The", "helicopter")), "The helicopter") is None


def test_a_kind_that_fits_a_thing_nearby_describes_it() -> None:
    findings = read(GANNET, description("The", "ship"))
    assert chain_of(findings, "The ship") == chain_of(findings, "Gannet")


def test_the_actress_is_the_one_who_was_called_so() -> None:
    findings = read(ANNA, BEN, description("The", "actress"))
    assert chain_of(findings, "The actress") == chain_of(findings, "Anna Vale")


def test_a_person_whom_nothing_called_so_is_not_described() -> None:
    assert chain_of(read(BEN, description("The", "surgeon")), "The surgeon") is None


def test_the_one_who_was_brought_in_without_a_name_stays_unnamed() -> None:
    cosmonaut = "cosmonaut NN 2 compound\nAnna_Vale NNP 3 nsubj Person\nslept VBD 0 root sleep\n. . 3 punct"
    unnamed = "A DT 2 det\ncosmonaut NN 3 nsubj\nfell VBD 0 root fall\n. . 3 punct"
    assert chain_of(read(cosmonaut, description("The", "cosmonaut")), "The cosmonaut") == 0
    assert chain_of(read(cosmonaut, unnamed, description("The", "cosmonaut")), "The cosmonaut") is None


def test_the_film_is_the_one_that_the_text_is_about() -> None:
    findings = read(FILM, description("The", "film"))
    assert chain_of(findings, "The film") == chain_of(findings, "Grey Water")


def test_the_film_is_neither_of_two() -> None:
    other = "They PRP 2 nsubj\nread VBD 0 root read\nBlue_Hour NNP 2 obj Work\n. . 2 punct"
    assert chain_of(read(FILM, other, description("The", "film")), "The film") is None


def test_her_film_begins_after_her() -> None:
    table = "Her PRP$ 2 nmod:poss\nfilm NN 3 nsubj\nopened VBD 0 root open\n. . 3 punct"
    findings = read(ANNA, FILM, table)
    assert chain_of(findings, "film") == chain_of(findings, "Grey Water")


def test_a_noun_beside_a_name_is_no_mention_of_its_own() -> None:
    table = "The DT 3 det\nferry NN 3 compound\nTern NNP 4 nsubj Vehicle\nsailed VBD 0 root sail"
    assert chain_of(read(GANNET, table), "The ferry") is None


def test_a_noun_with_a_phrase_of_its_own_is_left_alone() -> None:
    table = "The DT 2 det\nferry NN 6 nsubj\nof IN 5 case\nthe DT 5 det\nharbour NN 2 nmod\nwaited VBD 0 root wait"
    assert chain_of(read(GANNET, table), "The ferry") is None
