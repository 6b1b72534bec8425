"""The lines of a record, where nothing but the record is in its file: no odd character, delimiter or line ending."""

from __future__ import annotations

from collections.abc import Sequence

from feedlint.lazy import regex
from feedlint.source.text import DATA_SUFFIXES, decode
from feedlint.source.trail import Place, Reader, data_of
from feedlint.typed import Any, Final

_OPENER: Final = "---\n"
_CLOSER: Final = "\n---"
# What every reader takes for a text below a record: no delimiter, and no field.
_BODY = regex(r"\n*(?:<|[^\s:-][^\n:]*(?:\n|\Z))")
_ASCII: Final = bytes([*b"\n\r", *range(0x20, 0x7F)])
# What is not ASCII, and may be a line break, be hidden, turn the direction of a text, or be refused, by some reader.
# (Plane 14 has tags.)
_ODD = regex(
    "[\x7f-\xa0\xad\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U0001fffe-\U0010ffff]"
)


def lines_of(data: bytes, text: str, path: str, *, has_body: bool = False) -> Sequence[str] | None:
    """Return the lines of the record in *text*, decoded from *data*, the content of the file at *path*.

    None where its delimiters, line endings or characters are not plain, or text follows the record where records have
    none: *has_body* says that they may.
    """
    if not _is_plain(data.translate(None, _ASCII)):
        return None
    if "\r" in text:
        bare = text.replace("\r", "")
        count = text.count("\r\n")
        if count != len(text) - len(bare) or count != bare.count("\n"):
            return None
        text = bare
    front = text if path.lower().endswith(DATA_SUFFIXES) else _front(text, has_body=has_body)
    if not front:
        return None
    lines = front.split("\n")
    return _joined(lines) if ": >-\n" in front or ": |-\n" in front else lines


def glimpsed(content: bytes, path: str) -> Any:
    """Return the data of the file at *path* with this *content*, where it is plain; None where it is to be parsed."""
    if not content.endswith(b"\n"):
        return None
    lines = lines_of(content, decode(content), path)
    trail = Reader(Place()).read(lines) if lines is not None else None
    return data_of(trail) if trail is not None else None


def _joined(lines: Sequence[str]) -> Sequence[str]:
    """Return *lines*, those of each text in block style as one, without their indentation.

    Such are lines behind ``>-`` or ``|-``, if all are indented by two. What is not as plain is left, for others to see.
    """
    joined: list[str] = []
    rest = iter(range(len(lines)))
    for at in rest:
        line = lines[at]
        joined.append(line)
        if not line.endswith((": >-", ": |-")):
            continue
        indent = " " * (len(line) - len(line.lstrip(" -")) + 2)
        for below in range(at + 1, len(lines)):
            said = lines[below].removeprefix(indent)
            if said == lines[below] or said[:1] in ("", " ") or said[-1] == " ":
                break
            joined[-1] += f"\n{said}"
            next(rest)
    return joined


def _is_plain(left: bytes) -> bool:
    """Tell whether what is *left* of a file without its plain ASCII are characters that nobody finds anything in."""
    if not left:
        return True
    try:
        return min(left) >= 0x80 and _ODD.search(left.decode("utf-8")) is None
    except UnicodeDecodeError:
        return False


def _front(text: str, *, has_body: bool) -> str:
    """Return what is between the delimiters of *text*; "" where they are not plain, or it may be more than that."""
    end = text.find(f"{_CLOSER}\n", 3)
    if end < 0 and text.endswith(_CLOSER):
        end = len(text) - len(_CLOSER)
    if end < 0 or not text.startswith(_OPENER):
        return ""
    below = end + len(_CLOSER) + 1
    if text[below:].strip("\n") and not (has_body and _BODY.match(text, below)):
        return ""
    return text[len(_OPENER) : end + 1]
