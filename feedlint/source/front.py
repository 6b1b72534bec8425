"""The lines of a record, where nothing but the record is in its file: no odd character, delimiter or line ending."""

from __future__ import annotations

from collections.abc import Sequence

from feedlint.lazy import regex
from feedlint.source.text import DATA_SUFFIXES, decode
from feedlint.source.trail import Place, Reader, Trail, data_of
from feedlint.typed import Any, Final

_DELIMITER: Final = "---"
_BLOCKS: Final = (": >-", ": |-")
"""How a line ends above a text in block style."""
# What every reader takes for a text below a record: no delimiter, and no field.
_BODY = regex(r"[\r\n]*(?:<|[^\s:-][^\n:]*(?:\n|\Z))")
_ASCII: Final = bytes([*b"\n\r", *range(0x20, 0x7F)])
_BEYOND: Final = bytes(range(0x80, 0x100))
# What is not ASCII, and may be a line break, be hidden, turn the direction of a text, or be refused, by some reader.
# (Plane 14 has tags.)
_ODD = regex(
    "[\x7f-\xa0\xad\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U0001fffe-\U0010ffff]"
)


Front = tuple[Sequence[str], str, int, int]
"""The lines of a record, what they end in, and the offsets in their file at which they start and end."""


def trail_of(reader: Reader, data: bytes, text: str, path: str, *, has_body: bool = False) -> Trail | None:
    """Return the trail, by *reader*, of the record in *text*, decoded from *data*, the content of the file at *path*.

    None where it is not plain, or where text follows the record and records have none: *has_body* says that they may.
    """
    front = front_of(data, text, path, has_body=has_body)
    if front is None:
        return None
    lines = front[0]
    trail = reader.read(lines)
    if trail is None and any(line.endswith(_BLOCKS) for line in lines):
        trail = reader.read(_joined(lines))
    return trail


def glimpsed(content: bytes, path: str) -> Any:
    """Return the data of the file at *path* with this *content*, where it is plain; None where it is to be parsed."""
    trail = trail_of(Reader(Place()), content, decode(content), path) if content.endswith(b"\n") else None
    return data_of(trail) if trail is not None else None


def front_of(data: bytes, text: str, path: str, *, has_body: bool) -> Front | None:
    """Return the lines of the record that :func:`trail_of` is about.

    None where its delimiters, line endings or characters are not plain, or something else is in the file.
    """
    if not _is_plain(data.translate(None, _ASCII)):
        return None
    newline = "\n"
    if "\r" in text:
        newline = "\r\n"
        rest = text.replace(newline, "")
        if "\r" in rest or "\n" in rest:
            return None
    if path.lower().endswith(DATA_SUFFIXES):
        return text.split(newline), newline, 0, len(text)
    start = len(_DELIMITER) + len(newline)
    end = _end(text, newline, has_body=has_body)
    return (text[start:end].split(newline), newline, start, end) if end > start else None


def _joined(lines: Sequence[str]) -> Sequence[str]:
    """Return *lines*, those of each text in block style as one, without their indentation.

    Such are lines behind ``>-`` or ``|-``, if all are indented by two. What is not as plain is left, for others to see.
    """
    joined: list[str] = []
    rest = iter(range(len(lines)))
    for at in rest:
        line = lines[at]
        joined.append(line)
        if not line.endswith(_BLOCKS):
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
        return not left.translate(None, _BEYOND) and _ODD.search(left.decode("utf-8")) is None
    except UnicodeDecodeError:
        return False


def _end(text: str, newline: str, *, has_body: bool) -> int:
    """Return where the lines between the delimiters of *text* end; 0 where they are not plain, or it may be more."""
    opener, closer = f"{_DELIMITER}{newline}", f"{newline}{_DELIMITER}"
    # Without a body it is sooner found from the end; what looks like one further up is no line of a record.
    find = text.find if has_body else text.rfind
    end = find(closer + newline)
    if end < 0 and text.endswith(closer):
        end = len(text) - len(closer)
    if end < 0 or not text.startswith(opener):
        return 0
    below = end + len(closer) + len(newline)
    if text[below:].strip(newline) and not (has_body and _BODY.match(text, below)):
        return 0
    return end + len(newline)
