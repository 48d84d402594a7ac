import pytest

torch = pytest.importorskip("torch")

from kg.train.roberta import POSITIONS, Roberta  # noqa: E402


@pytest.fixture
def small() -> Roberta:
    """One layer, few words."""
    torch.manual_seed(1)
    return Roberta(200, layers=1, width=8, heads=2, inner=16)


def test_every_piece_has_a_vector_and_so_have_the_marks(small: Roberta) -> None:
    assert small.read([[1, 2, 3], [4, 5, 6]]).shape == (2, 5, 8)


def test_padding_changes_no_vector(small: Roberta) -> None:
    together, alone = small.read([[1, 2], [3, 4, 5, 6]]), small.read([[1, 2]])
    torch.testing.assert_close(together[:1, :4], alone)


def test_a_window_holds_only_so_many_pieces(small: Roberta) -> None:
    assert small.read([[1] * 600]).shape == (1, POSITIONS, 8)


def test_no_gradient_is_kept(small: Roberta) -> None:
    assert not small.read([[1]]).requires_grad


def test_the_base_size_is_that_of_the_paper() -> None:
    with torch.device("meta"):
        model = Roberta(50265)
    layers = sum(part.numel() for part in model.layers.parameters())
    assert layers == 12 * (4 * 768 * 768 + 4 * 768 + 2 * 768 * 3072 + 768 + 3072 + 4 * 768)
