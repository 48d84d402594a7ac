"""The model that is written is the model that was trained: ONNX against PyTorch, for a text of several windows."""

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from joints import at

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("safetensors")

from kg.extract.facts import between, names  # noqa: E402
from kg.extract.joint import FLOOR, Encoded, Joint  # noqa: E402
from kg.extract.pairs import antecedents, features, shape  # noqa: E402
from kg.train.joint import export as exporting  # noqa: E402
from kg.train.joint import losses  # noqa: E402
from kg.train.joint.export import export  # noqa: E402
from kg.train.joint.items import Item, Pairs, Place, nearest  # noqa: E402
from kg.train.joint.items import Window as Trained  # noqa: E402
from kg.train.joint.model import MODALITIES, SPAN_TYPES, JointModel  # noqa: E402
from kg.train.mentions import LABELS  # noqa: E402

RELATIONS = ("P19", "P20", "kn:CEO", "kg:aboard")
TEXT = " ".join(
    ["Anna Vale boarded the Gannet.", "The port zed Merrow; the Anna", "Oarlock boarded Vale the port Gannet!"] * 3
)
SIZE, STRIDE = 20, 9
CLOSE = {"atol": 1e-4, "rtol": 1e-4}


@pytest.fixture(scope="module")
def model(made: Callable[[], JointModel]) -> JointModel:
    model = made()
    with torch.no_grad():
        model.span_width.weight.normal_()  # so that there are spans
        model.span_start.weight *= 20
        model.relation.labels.weight *= 20
    return model


@pytest.fixture(scope="module")
def folder(model: JointModel, pretrained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "joint"
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch's exporter warns of itself
        patch.setattr(exporting, "pretrained_folder", lambda: pretrained)
        export(model, path, RELATIONS)
    return path


@pytest.fixture(scope="module")
def joint(folder: Path) -> Joint:
    return Joint(folder, threads=1)


@pytest.fixture(scope="module")
def read(joint: Joint) -> Encoded:
    encoded = joint.encode(TEXT, window=SIZE, stride=STRIDE)
    assert len(encoded.windows) > 4
    return encoded


@pytest.fixture(scope="module")
def trained(model: JointModel, read: Encoded) -> losses.Encoded:
    """The same windows after the encoder in PyTorch, padded to one batch."""
    item = Item(tuple(Trained(w.begin, *read.pieces.window(w.begin, w.end)) for w in read.windows))
    with torch.no_grad():
        return losses.Encoded(model, [item])


def close(found: object, expected: torch.Tensor) -> None:
    np.testing.assert_allclose(found, expected.numpy(), **CLOSE)  # type: ignore[call-overload]


def test_the_labels_are_those_of_the_training(joint: Joint) -> None:
    assert joint.names == list(LABELS)
    assert joint.spans == list(SPAN_TYPES)
    assert joint.relations == list(RELATIONS)
    assert joint.modalities == [str(each) for each in MODALITIES]


def test_the_vectors_and_attention_are_the_models(read: Encoded, trained: losses.Encoded) -> None:
    for row, window in enumerate(read.windows):
        size = window.end - window.begin + 2
        close(window.vectors, trained.vectors[row, :size])
        np.testing.assert_allclose(window.attention, trained.attention[row, :, :size, :size], atol=1e-3)


def test_the_names_and_arguments_are_the_models(model: JointModel, read: Encoded, trained: losses.Encoded) -> None:
    with torch.no_grad():
        tagged = model.tagged(trained.vectors, trained.shapes)
        labels, arguments = model.head(tagged), model.argument(tagged)
    for piece, home in enumerate(read.home.tolist()):
        place = piece - read.windows[home].begin + 1
        close(read.names[piece], labels[home, place])
        close(read.arguments[piece], arguments[home, place])


def test_the_names_can_be_read(joint: Joint, read: Encoded) -> None:
    assert all(TEXT[name.start : name.end].strip() for name in names(joint, read))


def test_the_spans_are_the_models(model: JointModel, read: Encoded, trained: losses.Encoded) -> None:
    expected: dict[tuple[tuple[int, int], str], float] = {}
    for row, window in enumerate(read.windows):
        begins = np.flatnonzero(read.pieces.first[window.begin : window.end])
        cut = window.end < len(read.pieces.ids) and not read.pieces.first[window.end]
        firsts = torch.from_numpy(begins + 1)
        lasts = torch.from_numpy(np.append(begins[1:], window.end - window.begin))
        with torch.no_grad():
            scores = model.spans(trained.vectors[row, firsts], trained.vectors[row, lasts])
            odds = torch.cat((torch.zeros_like(scores[..., :1]), scores), -1).softmax(-1)[..., 1:]
        for a, b, kind in (odds >= FLOOR).nonzero().tolist():
            first, last = window.begin + int(firsts[a]) - 1, window.begin + int(lasts[b]) - 1
            if read.home[first] == row and not (cut and b == len(begins) - 1):
                stretch = int(read.pieces.starts[first]), int(read.pieces.ends[last])
                expected[stretch, SPAN_TYPES[kind]] = float(odds[a, b, kind])
    found = {(stretch, kind): score for stretch, kind, score in read.spans}
    assert len(found) > 20
    for key in found.keys() | expected.keys():
        assert found.get(key, FLOOR) == pytest.approx(expected.get(key, FLOOR), abs=1e-4)


WORDS = ("Anna Vale", "the Gannet", "The port", "zed", "the Anna", "Vale", "Gannet", "Oarlock boarded Vale")
STRETCHES = sorted({at(TEXT, word, nth) for word in WORDS for nth in range(3)})


def test_the_antecedents_are_the_models(
    model: JointModel, joint: Joint, read: Encoded, trained: losses.Encoded
) -> None:
    shapes = [shape(TEXT, a, b) for a, b in STRETCHES]
    places = [_place(read, stretch, int(read.home[(read.place(stretch) or (0, 0))[0]])) for stretch in STRETCHES]
    with torch.no_grad():
        rows = torch.tensor([place.window for place in places])
        ends = (torch.tensor([p.first for p in places]), torch.tensor([p.last for p in places]))
        joined = model.joined(trained.vectors[rows, ends[0]], trained.vectors[rows, ends[1]])
        found = joint.antecedents(read, STRETCHES)
        assert [[o for o, _ in links] for links in found] == antecedents(shapes)
        for m, links in enumerate(found):
            for o, score in links:
                told = torch.from_numpy(features([shapes[o]], [shapes[m]], [m - o - 1]))
                assert score == pytest.approx(
                    float(model.coreference(joined[o][None], joined[m][None], told)), abs=1e-4
                )


def _place(read: Encoded, stretch: tuple[int, int], window: int) -> Place:
    """Return where a stretch stands in a window; what runs over its end is read as far as it goes."""
    first, last = read.place(stretch) or (0, 0)
    frame = read.windows[window]
    return Place(window, first - frame.begin + 1, min(last, frame.end - 1) - frame.begin + 1)


THINGS = [[at(TEXT, word, i) for word in words for i in range(3)] for words in (("Anna Vale", "the Anna"), ("zed",))]
THINGS.append([at(TEXT, "Gannet", i) for i in range(6)])


@pytest.mark.parametrize("window", [0, 1, 2, 5])
def test_the_relations_are_the_models(joint: Joint, read: Encoded, trained: losses.Encoded, window: int) -> None:
    frame = read.windows[window]
    inside = [
        [s for s in thing if frame.begin <= (read.place(s) or (0, 0))[0] and (read.place(s) or (0, 0))[1] < frame.end]
        for thing in THINGS
    ]
    things = [thing for thing in inside if thing]
    numbers = [(i, j) for i in range(len(things)) for j in range(len(things)) if i != j]
    assert numbers
    placed = tuple(tuple(_place(read, stretch, window) for stretch in thing) for thing in things)
    pairs = Pairs(
        placed,
        np.array([i for i, _ in numbers]),
        np.array([j for _, j in numbers]),
        np.array([nearest(placed[i], placed[j]) for i, j in numbers]),
        np.zeros((len(numbers), len(RELATIONS)), dtype=np.int8),
        np.zeros(len(numbers), dtype=np.int64),
    )
    with torch.no_grad():
        labels, modalities = losses.relation_logits(trained, window, pairs)
    found = joint.related(read, things, numbers, window)
    close(found.labels, labels)
    close(found.modalities, modalities)


def test_things_over_several_windows_can_be_read(joint: Joint, read: Encoded) -> None:
    told = between(joint, read, THINGS)
    assert {key: row.shape for key, row in told.items()} == {
        (i, j): (len(RELATIONS),) for i in range(3) for j in range(3) if i != j
    }


def test_windows_read_together_are_read_as_each_alone(
    joint: Joint, monkeypatch: pytest.MonkeyPatch, read: Encoded
) -> None:
    monkeypatch.setattr("kg.extract.joint.BATCH", 1)
    alone = joint.encode(TEXT, window=SIZE, stride=STRIDE)
    np.testing.assert_allclose(alone.names, read.names, **CLOSE)
    for one, other in zip(alone.windows, read.windows, strict=True):
        np.testing.assert_allclose(one.vectors, other.vectors, **CLOSE)


def test_the_tokeniser_is_the_pretrained_ones(folder: Path, pretrained: Path) -> None:
    assert (folder / "tokenizer.json").read_bytes() == (pretrained / "tokenizer.json").read_bytes()


def test_a_model_is_written_without_its_dropout(model: JointModel, joint: Joint) -> None:
    assert not model.training
    first, again = (joint.encode(TEXT, window=SIZE, stride=STRIDE) for _ in range(2))
    np.testing.assert_array_equal(first.names, again.names)
