import pytest

torch = pytest.importorskip("torch")

from kg.train.conllu import Sentence, parse  # noqa: E402
from kg.train.phrases import phrases  # noqa: E402


def sentence(*rows: str) -> Sentence:
    """Return a sentence of rows `form upos head deprel`, in which heads count from 1."""
    lines = []
    for number, row in enumerate(rows, 1):
        form, upos, head, relation = row.split()
        lines.append(f"{number}\t{form}\t{form}\t{upos}\t_\t_\t{head}\t{relation}\t_\t_")
    (document,) = parse(["# newdoc id = a", "# sent_id = a-1", *lines, ""])
    return document.sentences[0]


def words(of: Sentence, spans: frozenset[tuple[int, int]]) -> set[str]:
    return {" ".join(token.form for token in of.tokens[first : last + 1]) for first, last in spans}


CREW = sentence("The DET 2 det", "crew NOUN 5 nsubj", "of ADP 4 case", "Gannet PROPN 2 nmod", "slept VERB 0 root")


def test_a_phrase_is_a_noun_with_all_that_hangs_on_it() -> None:
    assert words(CREW, phrases(CREW).told) == {"The crew of Gannet", "Gannet"}


def test_its_shorter_forms_are_left_open() -> None:
    assert {"The crew", "crew of Gannet", "crew"} <= words(CREW, phrases(CREW).free)


def test_words_that_seldom_stand_for_a_thing_are_left_open_and_stretches_without_a_head_are_none() -> None:
    found = phrases(CREW)
    assert {"The", "slept"} <= words(CREW, found.free)
    assert not {"of Gannet", "of", "The crew of"} & words(CREW, found.told | found.free)


def test_where_an_apposition_hangs_on_a_noun_its_extent_is_left_open() -> None:
    text = sentence("Anna PROPN 5 nsubj", ", PUNCT 4 punct", "the DET 4 det", "pilot NOUN 1 appos", "slept VERB 0 root")
    assert words(text, phrases(text).told) == set()
    assert {"Anna", "Anna , the pilot", "the pilot"} <= words(text, phrases(text).free)


def test_conjuncts_are_phrases_of_their_own_and_together_perhaps() -> None:
    text = sentence("Anna PROPN 4 nsubj", "and CCONJ 3 cc", "Ben PROPN 1 conj", "slept VERB 0 root")
    found = phrases(text)
    assert {"Anna", "Ben", "Anna and Ben"} <= words(text, found.told) | words(text, found.free)


def test_nouns_inside_compounds_are_left_open() -> None:
    text = sentence("Navy PROPN 2 compound", "ships NOUN 3 nsubj", "sailed VERB 0 root")
    assert words(text, phrases(text).told) == {"Navy ships"}
    assert {"Navy", "ships"} <= words(text, phrases(text).free)


def test_a_pronoun_before_what_it_owns_is_a_phrase() -> None:
    text = sentence("Her PRON 2 nmod:poss", "ship NOUN 3 nsubj", "sank VERB 0 root")
    assert {"Her", "Her ship"} <= words(text, phrases(text).told)
