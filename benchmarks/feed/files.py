"""The files of a feed: which records there are, where they are, and how they are written."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

from benchmarks.feed import damage, emit, records

DAMAGED: Final = 0.03
"""How many of all records are damaged."""
_CRLF: Final = 0.48
_FOLDER: Final = 600
"""Stories of a month in a small feed; in one of a million there are 6,000."""
_MOST: Final = 10_000
"""Files of a folder, in other collections."""
_MONTHS: Final = (11, 144)
_LAST_YEAR: Final = 2023
_DAYS: Final = 28
_OTHERS: Final = (
    ("_learning/videos", 0.04, records.learning),
    ("_people", 0.015, records.person),
    ("_samples", 0.015, records.sample),
    ("_communities", 0.01, records.community),
)
_LOGO: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAADIAAAAyCAAAAAA7VNdtAAAAIklEQVR4nGNoIBkwjGoZ1TKqZVTLqJZRLaNaRrWMahlqWgAM0+I9SoSzjAAA"
    "AABJRU5ErkJggg=="
)
_CONFIG: Final = f"title: A feed to measure with\nurl: {records.SITE}\n"


class File(NamedTuple):
    """A file: its path in the feed, its bytes, and the rule that finds what is wrong with it, "" for none.

    *is_record* is False for what a feed has beside its records: the site's configuration, and pictures.
    """

    path: str
    content: bytes
    code: str = ""
    is_record: bool = True


def files(count: int, seed: int) -> Iterator[File]:
    """Yield the files of a feed of *count* records (20 or more), always the same for the same numbers."""
    if count < 20:
        raise ValueError("a feed has 20 records or more")
    topics = len(records.TOPICS)
    publishers = max(4, min(400, count // 100))
    yield File("_config.yml", _CONFIG.encode(), is_record=False)
    for number in range(topics):
        made = records.topic(number)
        content = emit.text(made.data, emit.GENERATED._replace(spaced=False)).encode()
        yield File(f"_data/topics/{number + 1:02}-{made.slug}.yaml", content)
    for number in range(publishers):
        made = records.organization(number)
        picture = f"assets/images/organizations/{made.slug}-50x50.png"
        yield File(picture, _LOGO, is_record=False)
        yield _written(f"_data/organizations/{made.slug}.md", made, emit.GENERATED, newline="\n")
    left = count - topics - publishers
    for folder, share, make in _OTHERS:
        newline = "\r\n" if Random(f"{seed} {folder}").random() < _CRLF else "\n"
        total = int(count * share)
        for number in range(total):
            random = Random(f"{seed} {folder} {number}")
            made = make(random, number, publishers, _day(random, number % _MONTHS[1]))
            name = made.slug or f"{number:06}"
            style = emit.style(random)._replace(quoted_links=False)
            part = f"/{number // _MOST}" if total > _MOST else ""
            yield _written(f"{folder}{part}/{name}.md", made, style, _newline(random, newline))
            left -= 1
    yield from _news(left, round(count * DAMAGED), publishers, seed)


def _news(count: int, damaged: int, publishers: int, seed: int) -> Iterator[File]:
    months = max(_MONTHS[0], min(_MONTHS[1], count // _FOLDER))
    offset = Random(f"{seed} months").random()
    for number in range(count):
        month = number * months // count
        newline = "\r\n" if int((month + 1) * _CRLF + offset) > int(month * _CRLF + offset) else "\n"
        which = _damage_of(number, count, damaged, seed)
        random = Random(f"{seed} news {number}")
        day = _day(random, months - 1 - month)
        made = records.news(random, number, publishers, day, full=which is not None)
        style = emit.style(random) if which is None else emit.GENERATED
        newline = _newline(random, newline) if which is None else newline
        path = f"_news/{day[:4]}/{day[5:7]}/{day}-{made.slug or f'{number:06}'}.md"
        file = _written(path, made, style, newline)
        if which is not None:
            family, round_ = damage.FAMILIES[which % len(damage.FAMILIES)], which // len(damage.FAMILIES)
            harm = damage.of(family, round_)
            content = harm.apply(file.content.decode("utf-8")).encode("utf-8", "surrogateescape")
            file = file._replace(content=content, code=harm.code)
        yield file


def _damage_of(number: int, count: int, damaged: int, seed: int) -> int | None:
    """Return which damage the story *number* of *count* has: one story in each stretch of equal length has one."""
    which = number * damaged // count
    start, end = -(-which * count // damaged), -(-(which + 1) * count // damaged)
    return which if number == start + Random(f"{seed} damage {which}").randrange(end - start) else None


def _day(random: Random, months_back: int) -> str:
    years, month = divmod(months_back, 12)
    return f"{_LAST_YEAR - years}-{12 - month:02}-{random.randint(1, _DAYS):02}"


def _newline(random: Random, usual: str) -> str:
    # A file that ends its lines in LF may be in a folder of CRLF, but not the other way round.
    return "\n" if random.random() < 0.03 else usual


def _written(path: str, made: records.Made, style: emit.Style, newline: str) -> File:
    text = f"---\n{emit.text(made.data, style)}---\n{made.body or _below(style)}"
    return File(path, text.replace("\n", newline).encode("utf-8"))


def _below(style: emit.Style) -> str:
    """Return what stands below a record without a text: a platform's programs write an empty line."""
    return "\n" if style == emit.GENERATED else ""
