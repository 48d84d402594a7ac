"""A small uncased WordPiece tokeniser in the shipped one's place: whole words where it knows them, else letters."""

from pathlib import Path
from string import ascii_lowercase, digits, punctuation

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

WORDS = ("anna", "vale", "gannet", "boarded", "the", "port", "merrow")


def tokenizer() -> Tokenizer:
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    letters = [*ascii_lowercase, *digits, *punctuation]
    entries = [*marks, *WORDS, *letters, *(f"##{letter}" for letter in letters)]
    made = Tokenizer(models.WordPiece({entry: i for i, entry in enumerate(entries)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def saved(folder: Path) -> Path:
    """Return the tokeniser's file, truncating and padding as the published ones do."""
    made = tokenizer()
    made.enable_truncation(8)
    made.enable_padding(length=8)
    made.save(str(folder / "tokenizer.json"))
    return folder / "tokenizer.json"
