import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from kg.extract.pairs import FEATURES  # noqa: E402
from kg.model import Modality  # noqa: E402
from kg.train.encoder import WIDTH, MentionModel  # noqa: E402
from kg.train.joint.model import MODALITIES, SPAN_TYPES, WIDEST, JointModel  # noqa: E402
from kg.train.mentions import LABELS  # noqa: E402


def rows(count: int, width: int = WIDTH) -> torch.Tensor:
    return torch.randn(count, width, generator=torch.Generator().manual_seed(1))


def test_the_modalities_are_those_of_the_records() -> None:
    assert list(MODALITIES) == list(Modality)


def test_spans_are_scored_by_first_and_last_word_and_type(small: JointModel) -> None:
    scores = small.spans(rows(5), rows(5))
    assert scores.shape == (5, 5, len(SPAN_TYPES))


def test_no_span_ends_before_it_begins(small: JointModel) -> None:
    scores = small.spans(rows(5), rows(5))
    below = torch.tril(torch.ones(5, 5), -1).bool()
    assert (scores[below] == -1e4).all()
    assert (scores[~below] > -1e3).all()


def test_no_span_is_wider_than_the_widest(small: JointModel) -> None:
    scores = small.spans(rows(WIDEST + 5), rows(WIDEST + 5))
    assert (scores[0, WIDEST:] == -1e4).all()
    assert (scores[0, :WIDEST] > -1e3).all()


def test_a_span_is_the_product_of_its_ends_and_its_width(small: JointModel) -> None:
    starts, ends = rows(3), rows(3)
    size = 48
    first = small.span_start(starts)[0].view(len(SPAN_TYPES), size)
    last = small.span_end(ends)[2].view(len(SPAN_TYPES), size)
    expected = (first * last).sum(1) / size**0.5 + small.span_width.weight[2]
    torch.testing.assert_close(small.spans(starts, ends)[0, 2], expected)


def test_spans_begin_improbable(small: JointModel) -> None:
    assert (small.spans(torch.zeros(2, WIDTH), torch.zeros(2, WIDTH))[0, 1] < -2).all()


def test_relations_are_scored_by_pair(small: JointModel) -> None:
    labels, manner = small.relation(rows(3), rows(3), rows(3), torch.tensor([0, 8, 15]))
    assert labels.shape == (3, 4)
    assert manner.shape == (3, len(MODALITIES))


def test_a_relation_runs_from_its_subject(small: JointModel) -> None:
    one, other, context = rows(2), rows(2).flip(0), rows(2)
    there, back = (small.relation(a, b, context, torch.zeros(2).long())[0] for a, b in ((one, other), (other, one)))
    assert not torch.allclose(there, back)


def test_the_context_and_the_distance_of_a_relation_count(small: JointModel) -> None:
    one, other, context, near = rows(2), rows(2).flip(0), rows(2), torch.zeros(2).long()
    labels = small.relation(one, other, context, near)[0]
    assert not torch.allclose(labels, small.relation(one, other, context.flip(0), near)[0])
    assert not torch.allclose(labels, small.relation(one, other, context, near + 9)[0])


def test_relations_begin_improbable(small: JointModel) -> None:
    zero = torch.zeros(2, WIDTH)
    assert (small.relation(zero, zero, zero, torch.zeros(2).long())[0] < -2).all()


def test_antecedents_are_scored_by_both_mentions_and_their_features(small: JointModel) -> None:
    joined = small.joined(rows(4), rows(4).flip(0))
    features = torch.zeros(2, FEATURES)
    scores = small.coreference(joined[:2], joined[2:], features)
    assert scores.shape == (2,)
    assert not torch.allclose(scores, small.coreference(joined[2:], joined[:2], features))
    assert not torch.allclose(scores, small.coreference(joined[:2], joined[2:], features + 1))


def test_a_mention_is_read_from_its_ends_and_its_mean(small: JointModel) -> None:
    one, other, mean = rows(3), rows(3).flip(0), rows(3).roll(1, 0)
    assert small.mention(one, other, mean).shape == (3, WIDTH)
    assert not torch.allclose(small.mention(one, other, mean), small.mention(one, other, mean.flip(0)))


def test_the_mention_models_weights_fill_it(small: JointModel) -> None:
    before = MentionModel(len(LABELS))
    told = small.load_state_dict(before.state_dict(), strict=False)
    assert not told.unexpected_keys
    torch.testing.assert_close(small.head.weight, before.head.weight)
