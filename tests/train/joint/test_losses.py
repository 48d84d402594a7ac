import math
from collections.abc import Sequence
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from marked import marked
from wordpieces import tokenizer

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from msgspec.structs import replace  # noqa: E402

from kg.bench.annotated import Annotated, Scope  # noqa: E402
from kg.extract.pairs import Shape, antecedents, features, shape  # noqa: E402
from kg.train.joint import losses  # noqa: E402
from kg.train.joint.items import Item, Maker, Words  # noqa: E402
from kg.train.joint.losses import Encoded, antecedent_loss, loss, relation_logits, shared_context  # noqa: E402
from kg.train.joint.model import SPAN_TYPES, WIDEST, JointModel  # noqa: E402

LABELS = ("P19", "P20", "kn:CEO", "kg:aboard")
TOLD = marked("[1|Anna Vale] boarded [2:Vehicle|the Gannet] the [3:Place|port]", "1 P19 2", "1 P20 3 planned")
CHAINS = marked("[1|Anna] boarded [2:Vehicle|the Gannet]. [1|Anna] the [2:Vehicle|Gannet] [1|Vale]", coreferent=True)


def related(text: Annotated, size: int = 100, *, arguments: bool = False) -> list[Item]:
    return list(Maker(tokenizer(), LABELS).relations(text, size, arguments=arguments))


def chained(text: Annotated, size: int = 100) -> Item:
    item = Maker(tokenizer(), LABELS).chains(text, size, 9)
    assert item is not None
    return item


def shapes(text: Annotated, item: Item) -> list[Shape]:
    return [shape(text.text, a, b) for a, b in item.stretches]


def lost(model: JointModel, items: list[Item], texts: list[list[Shape]] | None = None) -> float:
    """Return the loss of items, whose mentions have these shapes."""
    with torch.no_grad():
        return float(loss(model, items, texts or [[] for _ in items]))


def gradient(model: JointModel, items: list[Item], texts: list[list[Shape]] | None = None) -> JointModel:
    """Return the model after one step backwards."""
    model.zero_grad()
    loss(model, items, texts or [[] for _ in items]).backward()  # type: ignore[no-untyped-call]
    return model


# ---------------------------------------------------------------------------------------------------------- relations


def test_a_label_that_is_not_told_is_neither_right_nor_wrong(small: JointModel) -> None:
    gradient(small, related(TOLD))
    slopes = small.relation.labels.bias.grad.tolist()
    assert slopes[:2] != [0, 0]
    assert slopes[2:] == [0, 0]
    assert not small.relation.labels.weight.grad[2:].any()
    assert not small.relation.bilinear.weight.grad[2:].any()


def test_what_is_told_goes_up_and_the_rest_down(small: JointModel) -> None:
    (item,) = related(TOLD)
    (pairs,) = item.pairs
    logits = torch.zeros(pairs.target.shape, requires_grad=True)
    losses._relation_loss(logits, pairs).backward()
    np.testing.assert_allclose(
        logits.grad, np.select([pairs.target == 1, pairs.target == 0], [-0.5, 0.5], 0.0), atol=1e-6
    )


def test_a_pair_without_a_told_label_counts_for_nothing(small: JointModel) -> None:
    text = replace(TOLD, facts=(), scopes=(Scope(0, len(TOLD.text), frozenset()),))
    assert lost(small, related(text)) == 0


def test_a_modality_that_is_not_told_counts_for_nothing(small: JointModel) -> None:
    untold = replace(TOLD, facts=tuple(replace(fact, modality=None) for fact in TOLD.facts))
    assert gradient(small, related(untold)).relation.modality.bias.grad is None
    assert gradient(small, related(TOLD)).relation.modality.bias.grad.any()


def test_only_the_pair_whose_modality_is_told_has_one() -> None:
    (item,) = related(TOLD)
    (pairs,) = item.pairs
    logits = torch.zeros((len(pairs.modality), 6), requires_grad=True)
    losses._modality_loss(logits, pairs).backward()
    assert logits.grad.any(1).tolist() == (pairs.modality >= 0).tolist()
    assert losses._modality_loss(logits, pairs).item() == pytest.approx(math.log(6) / 8)


def test_the_relations_of_a_batch_weigh_by_the_facts_in_it(small: JointModel) -> None:
    plain = replace(TOLD, facts=tuple(replace(fact, modality=None) for fact in TOLD.facts))
    one, other = related(plain)[0], related(replace(plain, facts=plain.facts[:1]))[0]
    apart = [lost(small, [item]) for item in (one, other)]
    both = lost(small, [one, other])
    assert both == pytest.approx((apart[0] * (2 + 8) + apart[1] * (1 + 8)) / (3 + 8), rel=1e-4)


def test_a_window_is_read_the_same_beside_a_longer_one(small: JointModel) -> None:
    (short,), (long,) = related(TOLD), related(marked("the " * 60 + "[1|Anna] boarded [2|Vale]"))
    with torch.no_grad():
        alone = relation_logits(Encoded(small, [short]), 0, short.pairs[0])
        beside = relation_logits(Encoded(small, [long, short]), 1, short.pairs[0])
    for one, other in zip(alone, beside, strict=True):
        torch.testing.assert_close(one, other, atol=1e-4, rtol=1e-4)


def test_the_mean_of_a_mention_is_that_of_its_pieces(small: JointModel) -> None:
    (item,) = related(TOLD)
    place = item.pairs[0].things[0][0]
    assert (place.first, place.last) == (1, 2)
    with torch.no_grad():
        encoded = Encoded(small, [item])
        vectors = encoded.vectors[0, 1:3]
        expected = small.mention(vectors[:1], vectors[1:], vectors.mean(0, keepdim=True))
        torch.testing.assert_close(encoded.mentions(0, [place]), expected, atol=1e-4, rtol=1e-4)


def test_the_context_is_what_both_attend_to() -> None:
    first = torch.tensor([[[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]])  # two heads over three pieces
    second = torch.tensor([[[0.5, 0.0, 0.5], [0.0, 0.0, 0.5]]])
    vectors = torch.eye(3)
    expected = torch.tensor([[0.25, 0.0, 0.5]]) / 0.75
    torch.testing.assert_close(shared_context(first, second, vectors), expected, atol=1e-4, rtol=1e-4)


# ---------------------------------------------------------------------------------------------------------- arguments


def test_only_a_word_that_is_told_is_an_argument_or_none(small: JointModel) -> None:
    text = replace(marked("[1|anna] boarded vale", labels=None), scopes=(Scope(0, 4, frozenset()),))
    (item,) = related(text, arguments=True)
    assert item.arguments[0].tolist() == [-1, 1, -1, -1, -1]
    with torch.no_grad():
        encoded = Encoded(small, [item])
        scores = small.argument(small.tagged(encoded.vectors[0, 1], encoded.shapes[0, 1]))
    assert lost(small, [item]) == pytest.approx(0.02 * (scores.logsumexp(0) - scores[1]).item(), rel=1e-4)


def test_a_window_without_a_told_word_counts_for_nothing(small: JointModel) -> None:
    (item,) = related(marked("[1|anna] boarded vale", labels=None), arguments=True)
    assert lost(small, [item]) == 0


# -------------------------------------------------------------------------------------------------------------- spans

PERSON, VEHICLE, WORK = (SPAN_TYPES.index(kind) for kind in ("Person", "Vehicle", "Work"))


def spans(
    scores: torch.Tensor,
    *told: tuple[int, int, int],
    free: tuple[int, ...] = (),
    judged: bool = True,
    untold: tuple[tuple[int, int], ...] = (),
) -> float:
    """Return the loss of a window of as many words as the scores, each of one piece, times 60."""
    count = len(scores)
    model = SimpleNamespace(spans=lambda *_: scores)
    encoded = SimpleNamespace(vectors=torch.zeros(1, count + 2, 1), model=model)
    ids = np.arange(1, count + 1)
    rows = np.array(told, dtype=np.int64).reshape(-1, 3)
    words = Words(ids, ids, ids, ids, rows, np.array(untold, dtype=np.int64).reshape(-1, 2), free, judged)
    return float(losses._span_loss(encoded, 0, words)[0]) * 60  # type: ignore[arg-type]


def unlikely(count: int, *likely: tuple[int, int, int]) -> torch.Tensor:
    scores = torch.full((count, count, len(SPAN_TYPES)), -30.0)
    for place in likely:
        scores[place] = 10.0
    return scores


def test_a_span_that_is_told_loses_what_its_type_lacks() -> None:
    scores = torch.zeros(1, 1, len(SPAN_TYPES))
    assert spans(scores, (0, 0, PERSON)) == pytest.approx(math.log(len(SPAN_TYPES) + 1))
    assert spans(unlikely(2, (0, 1, PERSON)), (0, 1, PERSON)) == pytest.approx(0, abs=1e-3)
    assert spans(unlikely(2, (0, 1, VEHICLE)), (0, 1, PERSON)) > 10


def test_an_unmarked_span_is_none_of_the_types_that_are_marked() -> None:
    assert spans(unlikely(2, (0, 1, PERSON))) == pytest.approx(10, abs=1e-3)


def test_an_unmarked_span_may_be_of_a_type_that_is_not_marked() -> None:
    assert spans(unlikely(2, (0, 1, WORK)), free=(WORK,)) == pytest.approx(0, abs=1e-3)
    assert spans(unlikely(2, (0, 1, PERSON)), free=(WORK,)) == pytest.approx(10, abs=1e-3)


def test_a_type_that_is_not_marked_is_never_pushed_down() -> None:
    (words,) = chained(replace(CHAINS, spotted=frozenset({"Person", "Vehicle"}))).words
    count = len(words.firsts)
    scores = torch.randn(count, count, len(SPAN_TYPES), requires_grad=True)
    encoded = SimpleNamespace(vectors=torch.zeros(1, 99, 1), model=SimpleNamespace(spans=lambda *_: scores))
    losses._span_loss(encoded, 0, replace(words, told=words.told[:0]))[0].backward()  # type: ignore[arg-type, no-untyped-call]
    assert scores.grad is not None
    assert (scores.grad[..., list(words.free)] < 0).all()
    assert (scores.grad[..., [PERSON, VEHICLE]] > 0).all()


def test_where_no_type_is_marked_throughout_unmarked_spans_count_for_nothing() -> None:
    told = (0, 0, PERSON)
    assert spans(unlikely(2, told, (0, 1, VEHICLE)), told, judged=False) == pytest.approx(0, abs=1e-3)
    assert spans(unlikely(2, told, (0, 1, VEHICLE)), told) == pytest.approx(10, abs=1e-3)


def test_a_mention_of_a_type_that_is_not_told_may_have_any() -> None:
    for kind in (PERSON, VEHICLE):
        assert spans(unlikely(2, (0, 1, kind)), (0, 1, -1)) == pytest.approx(0, abs=1e-3)
    assert spans(unlikely(1), (0, 0, -1)) > 7


def test_of_what_is_left_open_nothing_is_lost() -> None:
    scores = unlikely(2, (0, 1, PERSON))
    assert spans(scores) > 9
    assert spans(scores, untold=((0, 1),)) == pytest.approx(0, abs=1e-3)


def test_a_span_that_is_told_is_not_unmarked_too() -> None:
    told = (0, 0, PERSON)
    assert spans(unlikely(1, told), told) == pytest.approx(0, abs=1e-3)


def test_a_span_wider_than_the_widest_is_left_out(small: JointModel) -> None:
    wide = marked("[1|" + " ".join(["anna"] * (WIDEST + 1)) + "] boarded", coreferent=True, spotted=("Person",))
    bare = replace(wide, spots=(replace(wide.spots[0], type="?"),))
    one, other = (lost(small, [chained(text)], [shapes(text, chained(text))]) for text in (wide, bare))
    assert one == pytest.approx(other)
    assert one < 100  # and not the ten thousand of a span that is never scored


def test_what_is_wrongly_read_as_a_mention_is_compared_where_all_are_marked() -> None:
    text = marked("[1|Anna] saw [2:*|the] Gannet", coreferent=True, spotted=SPAN_TYPES)
    (words,) = chained(text).words
    odds = torch.zeros(4, 4)
    for span in ((0, 0), (1, 1), (2, 2), (2, 3)):  # a mention, none, one left open, none
        odds[span] = 0.9
    found = losses._spurious(text.text, words, odds, 5)
    assert [(place.window, text.text[one.start : one.end]) for place, one in found] == [(5, "saw"), (5, "the Gannet")]
    (part,) = chained(replace(text, spotted=frozenset({"Person"}))).words
    assert losses._spurious(text.text, part, odds, 5) == []


def test_a_stretch_wrongly_compared_takes_up_nothing(small: JointModel) -> None:
    item, here = chained(CHAINS), shapes(CHAINS, chained(CHAINS))
    place, one = item.mentions[0], shape(CHAINS.text, 5, 12)
    with torch.no_grad():
        encoded = Encoded(small, [item])
        alone, beside = (losses._chain_loss(encoded, 0, item, here, more) for more in ([], [(place, one)]))
    assert float(beside) > float(alone)


# -------------------------------------------------------------------------------------------------------- antecedents


def chain(scores: Sequence[Sequence[float]], right: Sequence[Sequence[bool]]) -> float:
    """Return the loss of mentions with these scores of their antecedents, and which of those are right."""
    own = torch.tensor([index for index, row in enumerate(scores) for _ in row])
    column = torch.tensor([place for row in scores for place in range(len(row))])
    flat = torch.tensor([score for row in scores for score in row])
    good = torch.tensor([each for row in right for each in row])
    return float(antecedent_loss(flat, (own, column), good, len(scores)))


def test_a_right_antecedent_is_compared_with_the_others_and_none() -> None:
    found = chain([[], [2.0], [1.0, 3.0]], [[], [True], [False, True]])
    second = math.log(math.exp(2) + 1) - 2
    third = math.log(math.exp(1) + math.exp(3) + 1) - 3
    assert found == pytest.approx(second + third, rel=1e-5)


def test_several_right_antecedents_are_one() -> None:
    found = chain([[], [], [1.0, 3.0]], [[], [], [True, True]])
    right = math.exp(1) + math.exp(3)
    assert found == pytest.approx(math.log(right + 1) - math.log(right), rel=1e-5)


def test_a_mention_without_a_right_antecedent_has_none() -> None:
    assert chain([[], [2.0]], [[], [False]]) == pytest.approx(math.log(math.exp(2) + 1), rel=1e-5)


def test_the_first_mention_loses_nothing() -> None:
    assert chain([[], [-50.0]], [[], [False]]) == pytest.approx(0, abs=1e-5)


def scored(model: JointModel, text: Annotated, item: Item) -> float:
    """Return what the antecedents of the item lose, counted by hand from the windows' vectors."""
    with torch.no_grad():
        encoded = Encoded(model, [item])
        ends = [(encoded.vectors[p.window, p.first], encoded.vectors[p.window, p.last]) for p in item.mentions]
        joined = model.joined(torch.stack([a for a, _ in ends]), torch.stack([b for _, b in ends]))
        here = shapes(text, item)
        total = 0.0
        for m, earlier in enumerate(antecedents(here)):
            scores = [0.0]
            for o in earlier:
                row = torch.from_numpy(features([here[o]], [here[m]], [m - o - 1]))
                scores.append(float(model.coreference(joined[o][None], joined[m][None], row)))
            right = [s for s, o in zip(scores[1:], earlier, strict=True) if item.clusters[o] == item.clusters[m]]
            total += math.log(sum(map(math.exp, scores))) - math.log(sum(map(math.exp, right or [0.0])))
    return total / 60


@pytest.mark.parametrize("size", [100, 4])
def test_a_text_of_one_or_several_windows_loses_what_its_antecedents_do(small: JointModel, size: int) -> None:
    item = chained(CHAINS, size)
    assert (len(item.windows) > 1) == (size == 4)
    assert len(item.mentions) == 5
    only = replace(item, words=())
    assert lost(small, [only], [shapes(CHAINS, item)]) == pytest.approx(scored(small, CHAINS, item), rel=1e-3)


def test_one_mention_alone_loses_nothing(small: JointModel) -> None:
    text = marked("[1|Anna] boarded", coreferent=True)
    item = replace(chained(text), words=())
    assert lost(small, [item], [shapes(text, item)]) == 0


def test_texts_of_a_batch_do_not_see_each_other(small: JointModel) -> None:
    other = marked("the the the the [1|Vale] saw [2|Anna Vale]: [1|Vale]", coreferent=True, spotted=("Person",))
    (pairs,) = related(TOLD)
    items = [chained(CHAINS, 4), pairs, chained(other, 6)]
    texts = [shapes(CHAINS, items[0]), [], shapes(other, items[2])]
    apart = sum(lost(small, [item], [each]) for item, each in zip(items, texts, strict=True))
    assert lost(small, items, texts) == pytest.approx(apart, rel=1e-4)


def test_a_step_makes_the_loss_smaller(small: JointModel) -> None:
    item, text = chained(replace(CHAINS, spotted=frozenset({"Person", "Vehicle"}))), CHAINS
    (pairs,) = related(TOLD, arguments=True)
    items, told = [item, pairs], [shapes(text, item), []]
    optimiser = torch.optim.SGD([p for p in small.parameters() if p.requires_grad], lr=0.01)
    found = []
    for _ in range(4):
        gradient(small, items, told)
        optimiser.step()
        found.append(lost(small, items, told))
    assert all(late < early for early, late in pairwise(found))
