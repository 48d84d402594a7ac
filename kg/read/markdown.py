"""Markdown: what a reader sees of it, without the marks. Code is left out, being no prose."""

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO

from kg.model import Document, Rejected
from kg.read.plain import decoded, document, readable
from kg.read.published import parse_date

_front = re.compile(r"\A(?P<fence>---|\+\+\+)[ \t]*\n(?P<fields>.*?)\n(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL)
_field = re.compile(r"^(?P<name>\w+)\s*[:=]\s*(?P<value>.*?)\s*$", re.MULTILINE)
_heading = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<title>.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_fence = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*(?:\n|\Z).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
#: In this order: blocks, lines, then what stands inside a line.
MARKS = [
    (_fence, ""),
    (re.compile(r"<!--(?:(?!<!--).){0,5000}?-->", re.DOTALL), ""),
    (re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S+.*$", re.MULTILINE), ""),  # where a link leads
    (re.compile(r"^ {0,3}(?:([-*_])(?:[ \t]*\1){2,}|=+|-+)[ \t]*$", re.MULTILINE), ""),  # rules, underlines
    (
        re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$", re.MULTILINE),
        "",
    ),  # below a table's head
    (_heading, r"\g<title>"),
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"[ \t]\|[ \t]"), " "),
    (re.compile(r"!\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"), r"\1"),
    (re.compile(r"\[([^\[\]\n]+)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\[\]\n]*\])"), r"\1"),
    (re.compile(r"\[\^[^\[\]\n]+\]"), ""),
    (re.compile(r"<((?:https?|mailto):[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"(?<!`)(`+)(?!`)([^\n]{0,500}?[^`\n])\1(?!`)"), r"\2"),
    (re.compile(r"(?<![\w*\\])(\*{1,3})(?=\S)([^*\n]*?\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_\\])(_{1,3})(?=\S)([^_\n]*?\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"~~(?=\S)([^~\n]*?\S)~~"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
    (re.compile(r"\n{3,}"), "\n\n"),
]


def read_markdown(stream: BinaryIO, source: str) -> Iterator[Document | Rejected]:
    """Yield the document; its front matter gives title, date and source, else its first heading the title."""
    text = decoded(stream.read(), source)
    if isinstance(text, Rejected):
        yield text
        return
    fields, body = _split(text)
    heading = _heading.search(_fence.sub("", body))
    title = fields.get("title") or (strip(heading["title"]) if heading else "") or readable(source)
    day = parse_date(fields.get("date") or fields.get("published") or "")
    yield document(strip(body), fields.get("source") or fields.get("url") or source, title=title, published=day)


def strip(text: str) -> str:
    """Return Markdown as the text that a reader sees."""
    for mark, plain in MARKS:
        text = mark.sub(plain, text)
    return unescape(text).strip("\n")


def _split(text: str) -> tuple[dict[str, str], str]:
    front = _front.match(text)
    if not front:
        return {}, text
    fields = {match["name"].lower(): match["value"].strip("\"'") for match in _field.finditer(front["fields"])}
    return fields, text[front.end() :]
