import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.bench.score import Score
from kg.bench.scores_coreference import MEASURES, b_cubed, ceaf_phi4, conll_f1, distinct, muc, score, total

# Pradhan et al. 2014, "Scoring Coreference Partitions of Predicted Mentions", their example.
KEY = ["abc", "defg"]
RESPONSE = ["ab", "cd", "fghi"]

# Luo 2005, "On Coreference Resolution Performance Metrics", Table 1; Bagga and Baldwin 1998 have (a) and (b).
TRUTH = ["12345", "67", "89ABC"]
JOINED_SMALL, JOINED_LARGE = ["12345", "6789ABC"], ["1234589ABC", "67"]
ALL_IN_ONE, ALL_ALONE = ["123456789ABC"], list("123456789ABC")


def rounded(scored: Score) -> tuple[float, float, float]:
    return round(scored.recall, 3), round(scored.precision, 3), round(scored.f1, 3)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (muc, (0.4, 0.4, 0.4)),  # links: 2 of 2 + 3, and of 1 + 1 + 3
        (b_cubed, (0.417, 0.5, 0.455)),  # (4/3 + 1/3 + 1/4 + 4/4) / 7; (4/2 + 1/2 + 1/2 + 4/4) / 8
        (ceaf_phi4, (0.65, 0.433, 0.52)),  # 4/5 + 4/8, of 2 chains and of 3
    ],
)
def test_the_example_of_pradhan_2014(measure, expected) -> None:
    assert rounded(measure(KEY, RESPONSE)) == expected


@pytest.mark.parametrize(
    ("response", "muc_f1", "b_cubed_f1", "ceaf_f1"),
    [
        (JOINED_SMALL, 0.947, 0.865, 0.733),
        (JOINED_LARGE, 0.947, 0.737, 0.667),
        (ALL_IN_ONE, 0.9, 0.545, 0.294),
        (ALL_ALONE, 0.0, 0.4, 0.178),
    ],
)
def test_the_examples_of_luo_2005(response, muc_f1, b_cubed_f1, ceaf_f1) -> None:
    scores = score(TRUTH, response, singletons=True)
    assert [round(one.f1, 3) for one in scores.values()] == [muc_f1, b_cubed_f1, ceaf_f1]


def test_b_cubed_weighs_the_examples_of_bagga_and_baldwin_1998() -> None:
    assert rounded(b_cubed(TRUTH, JOINED_SMALL))[:2] == (1.0, 0.762)  # (5 + 2 · 2/7 + 5 · 5/7) / 12 = 16/21
    assert rounded(b_cubed(TRUTH, JOINED_LARGE))[:2] == (1.0, 0.583)  # 7/12


def test_muc_counts_missing_links_of_vilain_1995() -> None:
    assert rounded(muc(["ABCD"], ["AB", "CD"])) == (0.667, 1.0, 0.8)
    assert rounded(muc(["AB", "CD"], ["ABCD"])) == (1.0, 0.667, 0.8)


def test_a_mention_without_its_twin_costs_the_side_that_has_it() -> None:
    assert rounded(b_cubed(["ab"], ["abc"]))[:2] == (1.0, 0.444)  # (2/3 + 2/3 + 0) / 3
    assert rounded(b_cubed(["abc"], ["ab"]))[:2] == (0.444, 1.0)


def test_the_conll_f1_is_the_mean_of_the_three() -> None:
    assert conll_f1(score(KEY, RESPONSE)) == pytest.approx((0.4 + 5 / 11 + 0.52) / 3)


def test_singletons_are_dropped_on_both_sides() -> None:
    assert score(["ab", "c"], ["ab", "d"]) == score(["ab"], ["ab"])


def test_singletons_count_when_they_are_wanted() -> None:
    with_them = score(["ab", "c"], ["ab"], singletons=True)
    assert rounded(with_them["B3"]) == (0.667, 1.0, 0.8)
    assert rounded(with_them["CEAF-phi4"]) == (0.5, 1.0, 0.667)


def test_documents_add_up_before_they_are_divided() -> None:
    scores = total([score(["ab"], ["ab"]), score(["abcd"], ["ab", "cd"])])
    assert rounded(scores["MUC"]) == (0.75, 1.0, 0.857)  # 1 + 2 of 1 + 3 links


def test_no_documents_score_0() -> None:
    assert conll_f1(total([])) == 0


def test_a_mention_stays_in_its_first_chain_only() -> None:
    assert distinct(["ab", "bc", "a"]) == [{"a", "b"}, {"c"}]


chains = st.lists(st.sets(st.integers(0, 15), min_size=1, max_size=6), max_size=6).map(distinct)


@given(chains.filter(lambda one: any(len(chain) > 1 for chain in one)))
def test_a_perfect_prediction_scores_1(gold) -> None:
    assert conll_f1(score(gold, gold)) == pytest.approx(1)


@given(chains, chains)
def test_swapping_the_sides_swaps_precision_and_recall(gold, found) -> None:
    there, back = score(gold, found, singletons=True), score(found, gold, singletons=True)
    for name in MEASURES:
        assert there[name].precision == pytest.approx(back[name].recall)
        assert there[name].recall == pytest.approx(back[name].precision)


@given(chains, chains, st.randoms())
def test_the_order_of_chains_changes_nothing(gold, found, random) -> None:
    before = score(gold, found)
    random.shuffle(gold)
    random.shuffle(found)
    assert conll_f1(score(gold, found)) == pytest.approx(conll_f1(before))


@given(chains, chains)
def test_every_share_is_between_0_and_1(gold, found) -> None:
    for one in score(gold, found, singletons=True).values():
        assert 0 <= one.precision <= 1 + 1e-9
        assert 0 <= one.recall <= 1 + 1e-9
