import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from joints import at
from marked import marked
from wordpieces import tokenizer

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from msgspec.structs import replace  # noqa: E402

from kg.bench.annotated import ANY, Annotated, Scope  # noqa: E402
from kg.extract.pairs import shape  # noqa: E402
from kg.train.corpora import Passage  # noqa: E402
from kg.train.joint import training  # noqa: E402
from kg.train.joint.items import Item, Maker, Window  # noqa: E402
from kg.train.joint.model import JointModel  # noqa: E402
from kg.train.joint.split import ASIDE  # noqa: E402
from kg.train.joint.training import ROUNDS, Options, Texts, load, train, with_candidates  # noqa: E402

LABELS = ("P19", "P20", "kn:CEO", "kg:aboard")
RELATED = marked("[1|Anna Vale] boarded [2:Vehicle|the Gannet] the [3:Place|port]", "1 P19 2", "1 P20 3 planned")
CHAINED = marked(
    "[1|Anna] boarded [2:Vehicle|the Gannet]. [1|Anna] the [2:Vehicle|Gannet] [1|Vale]",
    coreferent=True,
    spotted=("Person", "Vehicle"),
)
NAMED = Passage("Anna Vale boarded", ((0, 9, "Person"),))
TEXTS = Texts(
    related={"knowledgenet": [RELATED] * 4, "written": [RELATED]},
    chained={"gum": [CHAINED] * 3, "written": [CHAINED] * 2},
    named=[NAMED] * 9,
    rename=lambda text, _: text,
)
OPTIONS = Options(
    threads=1,
    batch_pieces=30,
    checkpoint_every=2,
    rounds={"knowledgenet": 1.5, "written": 1, "gum": 1, "names": 1},
)
Make = Callable[[], JointModel]


@pytest.fixture(autouse=True)
def _pretrained(monkeypatch: pytest.MonkeyPatch, pretrained: Path) -> Iterator[None]:
    monkeypatch.setattr(training, "pretrained_folder", lambda: pretrained)
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


# ------------------------------------------------------------------------------------------------------- a whole run


class Interrupted(Exception):
    """The machine was switched off."""


def switched_off(monkeypatch: pytest.MonkeyPatch, at_step: int) -> None:
    """Let the run end after the step has been saved."""
    save = training.mentions.save

    def saving(path: Path, step: int, *parts: Any) -> None:
        save(path, step, *parts)
        if step == at_step:
            raise Interrupted

    monkeypatch.setattr(training.mentions, "save", saving)


def weights(model: JointModel) -> dict[str, torch.Tensor]:
    return dict(model.state_dict())


def same(one: JointModel, other: JointModel) -> bool:
    return all(torch.equal(value, weights(other)[name]) for name, value in weights(one).items())


def test_a_run_that_is_resumed_gives_the_weights_of_one_that_was_not(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made()
    train(whole, TEXTS, tmp_path / "whole.pt", OPTIONS, LABELS)
    with monkeypatch.context() as patch:
        switched_off(patch, 4)
        with pytest.raises(Interrupted):
            train(made(), TEXTS, tmp_path / "parts.pt", OPTIONS, LABELS)
    resumed = made()
    train(resumed, TEXTS, tmp_path / "parts.pt", OPTIONS, LABELS)
    assert torch.load(tmp_path / "parts.pt", weights_only=True)["step"] > 4
    assert same(resumed, whole)
    assert not same(whole, made())


def test_a_names_round_that_is_resumed_gives_the_weights_of_one_that_was_not(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training.mentions.written, "passages", lambda _: [])
    rows = training.mentions._Rows(tmp_path, tokenizer())
    options = training.mentions.Options(epochs=6, batch_pieces=16, checkpoint_every=1)

    def learnt(checkpoint: str) -> JointModel:
        model = made()
        training.mentions._round(model, rows, (((lambda _: iter([NAMED] * 4)), None),), tmp_path / checkpoint, options)
        return model

    whole = learnt("whole.pt")
    with monkeypatch.context() as patch:
        switched_off(patch, 2)
        with pytest.raises(Interrupted):
            learnt("parts.pt")
    assert same(learnt("parts.pt"), whole)
    assert torch.load(tmp_path / "parts.pt", weights_only=True)["step"] > 2


def test_a_run_that_is_over_is_not_run_again(made: Make, tmp_path: Path) -> None:
    one, other = made(), made()
    train(one, TEXTS, tmp_path / "run.pt", OPTIONS, LABELS)
    written = (tmp_path / "run.pt").read_bytes()
    train(other, TEXTS, tmp_path / "run.pt", OPTIONS, LABELS)
    assert same(one, other)
    assert (tmp_path / "run.pt").read_bytes() == written


def test_the_seed_decides(made: Make, tmp_path: Path) -> None:
    runs = [made() for _ in range(3)]
    for number, (model, seed) in enumerate(zip(runs, (1, 1, 2), strict=True)):
        train(model, TEXTS, tmp_path / f"{number}.pt", replace(OPTIONS, seed=seed), LABELS)
    assert same(runs[0], runs[1])
    assert not same(runs[0], runs[2])


def test_every_head_learns_and_the_words_do_not(made: Make, tmp_path: Path) -> None:
    model, before = made(), weights(made())
    train(model, TEXTS, tmp_path / "run.pt", OPTIONS, LABELS)
    still = {name for name, value in weights(model).items() if torch.equal(value, before[name])}
    assert still == {"words.weight"}
    assert not model.training


# ----------------------------------------------------------------------------------------------------------- the rate


def rates(options: Options, steps: int) -> list[tuple[float, float]]:
    """Return the rates of the encoder and of the new heads, step by step."""
    model = torch.nn.Module()
    model.layers, model.relation = torch.nn.Linear(1, 1), torch.nn.Linear(1, 1)
    optimiser, schedule = training._optimiser(model, steps, options)  # type: ignore[arg-type]
    found = []
    for _ in range(steps):
        found.append(tuple(group["lr"] for group in optimiser.param_groups))
        optimiser.step()
        schedule.step()
    return found  # type: ignore[return-value]


def test_the_rate_rises_and_falls() -> None:
    found = [rate for rate, _ in rates(Options(rate=1.0, warmup=0.1), 100)]
    assert found[:10] == pytest.approx([(i + 1) / 10 for i in range(10)])
    assert found[10] == pytest.approx(1.0)
    assert all(late < early for early, late in zip(found[10:], found[11:], strict=False))
    assert found[-1] == pytest.approx(1 / 90)


def test_new_heads_have_a_rate_of_their_own() -> None:
    assert rates(Options(rate=1e-4, head_rate=1e-3, warmup=0.0), 3)[0] == pytest.approx((1e-4, 1e-3))


def test_the_encoder_and_the_heads_are_told_apart(small: JointModel) -> None:
    optimiser, _ = training._optimiser(small, 9, Options())
    names = {id(value): name for name, value in small.named_parameters()}
    old, new = ({names[id(p)].split(".")[0] for p in group["params"]} for group in optimiser.param_groups)
    assert old == {"positions", "shapes", "norm", "layers", "hidden", "head"}
    assert new == {
        "argument",
        "span_start",
        "span_end",
        "span_width",
        "join",
        "coreference",
        "pool",
        "relation",
    }


# ---------------------------------------------------------------------------------------------------------- the steps


def kinds(options: Options = OPTIONS, texts: Texts = TEXTS) -> list[str]:
    return [kind for kind, _ in training._steps(texts, tokenizer(), options, LABELS)]


def test_every_corpus_is_read_for_what_it_tells() -> None:
    assert set(kinds()) == {"knowledgenet", "written", "gum chains", "written chains", "names"}


def test_a_corpus_without_rounds_is_not_read() -> None:
    assert set(kinds(replace(OPTIONS, rounds={"gum": 1, "names": 1}))) == {"gum chains", "names"}


def test_only_written_texts_are_read_under_other_names() -> None:
    asked: list[str] = []

    def rename(text: Annotated, _: random.Random) -> Annotated:
        asked.append(text.id)
        return text

    texts = Texts(
        related={name: [replace(RELATED, id=name)] for name in ("knowledgenet", "written")},
        chained={name: [replace(CHAINED, id=f"{name} chains")] * 2 for name in ("gum", "written")},
        named=[NAMED] * 9,
        rename=rename,
    )
    training._steps(texts, tokenizer(), OPTIONS, LABELS)
    assert asked == ["written", "written chains"]


def test_a_share_of_the_readings_has_other_names() -> None:
    other, rng = replace(RELATED, id="other"), random.Random(1)
    sometimes = training._sometimes(lambda _, __: other, 0.3)
    assert 60 < sum(sometimes(RELATED, rng) is other for _ in range(300)) < 120


def test_rounds_tell_how_often_a_text_is_read() -> None:
    read = list(training._rounds([RELATED] * 4, 2.5, random.Random(1)))
    assert [len(chosen) for chosen in read] == [4, 4, 2]
    assert list(training._rounds([], 2.5, random.Random(1))) == []


def test_the_shipped_model_reads_all_that_it_knows_of() -> None:
    assert set(ROUNDS) == {"knowledgenet", "redocred", "tekgen", "gum", "litbank", "ewt", "names", "written"}


def item(windows: int, size: int) -> Item:
    ids = torch.zeros(size).long().numpy()
    return Item(tuple(Window(0, ids, ids) for _ in range(windows)))


def test_batches_hold_items_of_like_length_and_no_more_than_they_may() -> None:
    told = [(item(*each), []) for each in ((1, 9), (1, 3), (2, 4), (1, 3), (1, 20))]
    batches = [[(len(i.windows), i.size // len(i.windows)) for i, _ in batch] for batch in training._filled(told, 12)]
    assert batches == [[(1, 3), (1, 3)], [(2, 4)], [(1, 9)], [(1, 20)]]


def test_what_a_passage_does_not_mark_is_not_judged() -> None:
    ((told, shapes),) = training._chained(Maker(tokenizer(), LABELS), CHAINED, "written")
    assert not told.words[0].judged
    assert shapes == [shape(CHAINED.text, a, b) for a, b in told.stretches]
    ((told, _),) = training._chained(Maker(tokenizer(), LABELS), CHAINED, "gum")
    assert told.words[0].judged


def test_a_long_document_gives_several_stretches() -> None:
    long = replace(CHAINED, text=CHAINED.text.ljust(9000))
    assert len(list(training._chained(Maker(tokenizer(), LABELS), long, "gum"))) == 2
    assert len(list(training._chained(Maker(tokenizer(), LABELS), long, "written"))) == 1


@pytest.mark.parametrize(
    ("kind", "arguments", "windows"),
    [("redocred", 0, 1), ("knowledgenet", 2, 2), ("tekgen", 2, 2), ("written", 0, 1)],
)
def test_corpora_are_cut_and_their_arguments_told_by_kind(kind: str, arguments: int, windows: int) -> None:
    text = marked("[1|Anna] [2|Vale] " + "the " * 300)
    found = list(training._related(Maker(tokenizer(), LABELS), text, kind))
    assert sum(len(each.arguments) for each in found) == arguments
    assert len(found) == windows
    assert len(found[0].windows[0].ids) == (304 if kind == "redocred" else 256)


# ----------------------------------------------------------------------------------------------------------- the texts


def test_everything_that_may_be_an_end_stands_beside_what_is_told() -> None:
    text = marked("[1|Anna Vale] left in 1987. She saw Ben there. He slept in 1988", labels=None)
    scope = Scope(0, text.text.index(" there"), frozenset({"P19"}))
    found = with_candidates(replace(text, scopes=(scope,)), lambda inside: [at(inside, "Ben"), at(inside, "Anna")])
    assert [found.text[s.start : s.end] for s in found.spots] == ["Anna Vale", "1987", "She", "Ben"]
    assert [s.type for s in found.spots[1:]] == [ANY] * 3
    assert found.things == ((0,), (1,), (2,), (3,))


def test_scopes_that_overlap_give_a_stretch_once() -> None:
    text = marked("She saw [1|Anna] in 1987", labels=None)
    scopes = tuple(Scope(0, end, frozenset({"P19"})) for end in (8, len(text.text)))
    found = with_candidates(replace(text, scopes=scopes), lambda _: [])
    assert [found.text[s.start : s.end] for s in found.spots] == ["Anna", "She", "1987"]


def numbered(name: str, count: int = 25) -> list[Annotated]:
    return [replace(marked("[1|Anna] saw [2|Vale]"), id=f"{name}/{number}") for number in range(count)]


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Texts:
    asked: dict[str, dict[str, Any]] = {}

    def reader(name: str) -> Callable[..., list[Annotated]]:
        def read(*_: object, **options: Any) -> list[Annotated]:
            asked[name] = options
            return numbered(name)

        return read

    for name in ("knowledgenet", "redocred", "tekgen", "gum", "litbank", "ewt"):
        monkeypatch.setattr(training, name, reader(name))
    monkeypatch.setattr(training, "detailed", lambda split: [(text, ()) for text in numbered(f"written-{split}", 13)])
    monkeypatch.setattr(training.corpora, "load", lambda *_, **__: [NAMED])
    found = load(tmp_path, lambda _: [], sources=(), options=Options())
    assert asked["redocred"] == {"held_out": False}
    assert asked["gum"] == {"split": "train"}
    assert 3 not in asked["knowledgenet"]["folds"]
    return found


def test_what_thresholds_are_fitted_on_is_not_trained_on(loaded: Texts) -> None:
    for group in (*loaded.related.values(), loaded.chained["gum"], loaded.chained["written"]):
        numbers = {int(text.id.split("/")[1]) for text in group}
        assert numbers
        assert not {number for number in numbers if number % ASIDE == 0}


def test_all_that_is_annotated_is_read(loaded: Texts) -> None:
    assert {name: len(group) for name, group in loaded.related.items()} == {
        "knowledgenet": 22,
        "redocred": 22,
        "tekgen": 22,
        "written": 11,
    }
    assert {name: len(group) for name, group in loaded.chained.items()} == {
        "gum": 22,
        "litbank": 25,
        "written": 11,
        "ewt": 25,
    }


def test_the_names_of_written_passages_are_read_too(loaded: Texts) -> None:
    assert len(loaded.named) == 1 + 3 * 11


def test_the_written_passages_are_those_to_train_on(loaded: Texts) -> None:
    assert {text.id.split("/")[0] for text in loaded.related["written"]} == {"written-train"}
