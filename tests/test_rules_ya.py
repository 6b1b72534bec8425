"""YA: what does not parse is told at its culprit; keys are given once; front matter is one record."""

from __future__ import annotations

from time import process_time
from typing import NamedTuple

import pytest

from feedlint.diagnostic import ERROR, SAFE, UNSAFE, Diagnostic, Safety, apply_edits
from feedlint.linting import fix, lint
from feedlint.repository import Repository
from feedlint.rules import fm, ya
from feedlint.source import Document, data, events
from tests.support import ARTICLE, findings, fixed, read

PARSERS = ["c_events", "pure_events"]
RULES = ya.RULES[:3]
"""YA001 to YA003; those on what parses have tests of their own."""


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with libyaml, then with the parser in Python."""
    monkeypatch.setattr(events, "reader", getattr(events, request.param))
    return str(request.param)


def record(lines: str) -> str:
    return f"---\n{lines}\n---\nBody\n"


def found(text: str) -> list[Diagnostic]:
    return lint(read(text), RULES, Repository(None))


def under(text: str, diagnostic: Diagnostic) -> tuple[int, str]:
    """Return the line of the caret, and what is under it."""
    document = read(text)
    return document.lines.position(diagnostic.span.start)[0], document.slice(diagnostic.span)


def repaired(text: str) -> str:
    """Return *text* with all fixes made and proved."""
    return fix(read(text), RULES, Repository(None), unsafe=True).document.text


class Case(NamedTuple):
    """Lines of a record with one fault, what is under the caret and where, the message, and the repaired lines."""

    lines: str
    line: int
    under: str
    message: str
    fixed: str | None = None
    safety: Safety = UNSAFE


QUOTES = [
    Case(
        'title: "Ma🚋yor: "We go" now"\ntype: article', 2, '"',
        'title has a bare " inside its quotes, where the text would end: write it as \\"',
        'title: "Ma🚋yor: \\"We go\\" now"\ntype: article', SAFE,
    ),
    Case(
        "title: 'It's the tram's day'", 2, "'",
        "title has a bare ' inside its quotes, where the text would end: write it as ''",
        "title: 'It''s the tram''s day'", SAFE,
    ),
    Case(
        "title: 'We say 'tram''", 2, "'",
        "title has a bare ' inside its quotes, where the text would end: write it as ''",
        "title: 'We say ''tram'''", SAFE,
    ),
    Case(
        'title: ""Go", they say, and go"', 2, '"',
        'title has a bare " inside its quotes, where the text would end: write it as \\"',
        'title: "\\"Go\\", they say, and go"', SAFE,
    ),
    *(
        Case(  # two quoted parts: the outer quotes are theirs
            f"title: {text}", 2, '"',
            f"title goes on after its closing \", with '{rest}': put all of the text in quotes",
            f"title: {written}",
        )
        for text, rest, written in [
            ('"A" vs "B"', 'vs "B"', '"\\"A\\" vs \\"B\\""'),
            ('"Tram", "Bus"', ', "Bus"', '"\\"Tram\\", \\"Bus\\""'),
            ('"Tram" colour: "red"', 'colour: "red"', '"\\"Tram\\" colour: \\"red\\""'),
            ('"A," "B" or "C"', '"B" or "C"', '"\\"A,\\" \\"B\\" or \\"C\\""'),
            ('"", "Tram"', ', "Tram"', '"\\"\\", \\"Tram\\""'),
            ('"Tram", ""', ', ""', '"\\"Tram\\", \\"\\""'),
        ]
    ),
    Case(
        "title: 'A' or 'B'", 2, "'",
        "title goes on after its closing ', with \"or 'B'\": put all of the text in quotes",
        "title: '''A'' or ''B'''",
    ),
    *(
        Case(
            f"title: {text}", 2, '"',
            'title has a bare " inside its quotes, where the text would end: write it as \\"',
            f"title: {written}", SAFE,
        )
        for text, written in [
            ('"The "harbour fair" is back"', '"The \\"harbour fair\\" is back"'),
            ('"Mayor: "We will" in spring"', '"Mayor: \\"We will\\" in spring"'),
            ('"The "new" and the "old""', '"The \\"new\\" and the \\"old\\""'),
        ]
    ),
    Case(  # as CSV has it
        'title: "The ""new"" tram"', 2, '"',
        'title has a bare " inside its quotes, where the text would end: write it as \\"',
        'title: "The \\"\\"new\\"\\" tram"',
    ),
    Case(
        'title: "Tram" excerpt: "It comes"\ntype: article', 2, "excerpt",
        "excerpt stands on the line of title: give it a line of its own",
        'title: "Tram"\nexcerpt: "It comes"\ntype: article',
    ),
    Case(
        'title: "The tram\nexcerpt: "It comes"', 2, '"',
        'the " that opens title is never closed: write " at the end of the text',
        'title: "The tram"\nexcerpt: "It comes"',
    ),
    Case(
        'type: article\nsecured: "abc', 3, '"',
        'the " that opens secured is never closed: write " at the end of the text',
        'type: article\nsecured: "abc"',
    ),
    Case(
        "title: 'The tram\nexcerpt: It comes\ntype: article", 2, "'",
        "the ' that opens title is never closed: write ' at the end of the text",
        "title: 'The tram'\nexcerpt: It comes\ntype: article",
    ),
    Case(
        'title: "The "new" tram\ntype: article', 2, '"',
        'the " that opens title is never closed: write " at the end of the text',
        'title: "The \\"new\\" tram"\ntype: article',
    ),
    Case(
        'excerpt: "The tram\n  comes in spring\ntype: article', 2, '"',
        'the " that opens excerpt is never closed: write " at the end of the text',
        'excerpt: "The tram\n  comes in spring"\ntype: article',
    ),
    Case(
        "topics:\n  - 'Trams\n  - 'Buses'", 3, "'",
        "the ' that opens topics[0] is never closed: write ' at the end of the text",
        "topics:\n  - 'Trams'\n  - 'Buses'",
    ),
    Case(
        'related:\n  - title: "Tram\n    webUrl: "https://example.com/"', 3, '"',
        'the " that opens related[0].title is never closed: write " at the end of the text',
        'related:\n  - title: "Tram"\n    webUrl: "https://example.com/"',
    ),
    Case(
        'title: "Tram" comes soon\ntype: article', 2, '"',
        'title goes on after its closing ", with "comes soon": put all of the text in quotes',
        'title: "\\"Tram\\" comes soon"\ntype: article',
    ),
    Case(
        "title: 'Tram' comes soon", 2, "'",
        "title goes on after its closing ', with \"comes soon\": put all of the text in quotes",
        "title: '''Tram'' comes soon'",
    ),
    Case(
        'title: "Tram",\ntype: article', 2, ",",
        'title has a "," after its value, which YAML does not allow: delete it',
        'title: "Tram"\ntype: article',
    ),
    Case(
        'title: Next stop: tram"\ntype: article', 2, '"',
        'the " that closes title was never opened: write " at the beginning of the text',
        'title: "Next stop: tram"\ntype: article',
    ),
    Case(
        "title: '\ntype: article", 2, "'",
        "the ' that opens title is never closed: write ' at the end of the text",
        "title: ''\ntype: article",
    ),
    Case(
        'title: "The\u00a0tram\u00a0\nexcerpt: "It comes"', 2, '"',
        'the " that opens title is never closed: write " at the end of the text',
        'title: "The\u00a0tram\u00a0"\nexcerpt: "It comes"',
    ),
]  # fmt: skip

ESCAPES = [
    Case(
        'title: "C:\\data \\"x\\" and \\day"', 2, "\\d",
        "title has \\d, which is no escape in YAML: write \\\\ for a backslash",
        'title: "C:\\\\data \\"x\\" and \\\\day"', SAFE,
    ),
    Case(
        'title: "It\\\'s here"', 2, "\\'",
        "title has \\', which is no escape in YAML: write ' alone",
        'title: "It\'s here"', SAFE,
    ),
    Case(
        'title: "\\u12 trams"', 2, "\\u12",
        "title has \\u12, which is no escape in YAML: write \\\\ for a backslash",
        'title: "\\\\u12 trams"', SAFE,
    ),
    Case(
        'title: "Tram \\ud83d\\ude8b"', 2, "\\ud83d\\ude8b",
        "title has \\ud83d\\ude8b, two halves of a character, as JSON writes it: write 🚋",
        'title: "Tram 🚋"', SAFE,
    ),
    Case(
        'title: "Tram \\ud83d"', 2, "\\ud83d",
        "title has \\ud83d, which is no character: write the one that was meant",
    ),
    *(
        Case(
            f'title: "Tram {escape}"', 2, escape,
            f"title has {escape}, which is no character: write the one that was meant",
        )
        for escape in ("\\ud800", "\\udfff", "\\U00110000")
    ),
    Case(
        'title: "At C:\\\\tmp\\"\ntype: article', 2, "\\",
        'title ends in \\", which does not close it: write \\\\ for a backslash at the end of the text',
        'title: "At C:\\\\tmp\\\\"\ntype: article',
    ),
    Case(  # the quotes inside are in pairs: the last one closes nothing
        'title: "Ferry \\"late\\"\ntype: article', 2, '"',
        'the " that opens title is never closed: write " at the end of the text',
        'title: "Ferry \\"late\\""\ntype: article',
    ),
    *(
        Case(
            f'title: "Ferry\\{below}', 2, '"',
            'the " that opens title is never closed: write " at the end of the text',
            f'title: "Ferry\\\\"{below}',
        )
        for below in ("", "\ntype: article", '\nexcerpt: "It \\"comes\\""')
    ),
    Case(
        'title: "C:\\Users\\new\\table"', 2, "\\U",
        "title has \\U, which is no escape in YAML: write \\\\ for a backslash",
        'title: "C:\\\\Users\\\\new\\\\table"',
    ),
    *(  # an escape by chance
        Case(
            f'title: "C:\\data{escape} \\"x\\" \\\\"', 2, "\\d",
            "title has \\d, which is no escape in YAML: write \\\\ for a backslash",
            f'title: "C:\\\\data\\{escape} \\"x\\" \\\\"',
        )
        for escape in (
            "\\n", "\\t", "\\r", "\\a", "\\b", "\\e", "\\f", "\\v", "\\0", "\\x41", "\\u00e9", "\\U0001f68b",
            "\\N", "\\_", "\\L", "\\P",
        )
    ),
    Case(  # as JSON has it: the line break is meant
        'title: "Tram \\ud83d\\ude8b\\nIt\\\'s"', 2, "\\ud83d\\ude8b",
        "title has \\ud83d\\ude8b, two halves of a character, as JSON writes it: write 🚋",
        'title: "Tram 🚋\\nIt\'s"', SAFE,
    ),
    Case(
        'title: "\\ud83d\\ude8b \\ude8b \\n \\d"', 2, "\\ud83d\\ude8b",
        "title has \\ud83d\\ude8b, two halves of a character, as JSON writes it: write 🚋",
    ),
    Case(
        'excerpt: "a\n  \\d b"', 3, "\\d",
        "excerpt has \\d, which is no escape in YAML: write \\\\ for a backslash",
        'excerpt: "a\n  \\\\d b"', SAFE,
    ),
]  # fmt: skip

PLAIN = [
    Case(
        "title: Tram news: it comes", 2, ":",
        'title has a colon after "Tram news", which YAML takes for the end of a key: put the text in double quotes',
        'title: "Tram news: it comes"', SAFE,
    ),
    Case(
        "title: Tram news:\ntype: article", 2, ":",
        'title has a colon after "Tram news", which YAML takes for the end of a key: put the text in double quotes',
        'title: "Tram news:"\ntype: article', SAFE,
    ),
    Case(
        'title: A "new" C:\\ tram: soon', 2, ":",
        "title has a colon after 'A \"new\" C:\\ tram', which YAML takes for the end of a key: "
        "put the text in double quotes",
        'title: "A \\"new\\" C:\\\\ tram: soon"', SAFE,
    ),
    Case(
        "title: Tram: soon # ask\ntype: article", 2, ":",
        'title has a colon after "Tram", which YAML takes for the end of a key: put the text in double quotes',
        'title: "Tram: soon" # ask\ntype: article',
    ),
    Case(
        "excerpt: The tram\n  is here: at last\ntype: article", 3, ":",
        'excerpt has a colon after "The tram is here", which YAML takes for the end of a key: '
        "put the text in double quotes",
        'excerpt: "The tram\n  is here: at last"\ntype: article', SAFE,
    ),
    Case(
        "related:\n  - title: Tram: soon\n    type: article", 3, ":",
        'related[0].title has a colon after "Tram", which YAML takes for the end of a key: '
        "put the text in double quotes",
        'related:\n  - title: "Tram: soon"\n    type: article', SAFE,
    ),
    Case(
        'title: Tram: the "new"', 2, ":",
        'title has a colon after "Tram", which YAML takes for the end of a key: put the text in double quotes',
        'title: "Tram: the \\"new\\""', SAFE,
    ),
    Case(
        'title: A 5" tram: soon', 2, ":",
        "title has a colon after 'A 5\" tram', which YAML takes for the end of a key: put the text in double quotes",
        'title: "A 5\\" tram: soon"', SAFE,
    ),
    Case(
        "title: -5 degrees: tram stops", 2, ":",
        'title has a colon after "-5 degrees", which YAML takes for the end of a key: put the text in double quotes',
        'title: "-5 degrees: tram stops"', SAFE,
    ),
    Case(
        "title: Tram\u00a0news: soon\u00a0\ntype: article", 2, ":",
        'title has a colon after "Tram news", which YAML takes for the end of a key: put the text in double quotes',
        'title: "Tram\u00a0news: soon\u00a0"\ntype: article', SAFE,
    ),
    *(
        Case(
            f"title: {mark}tram here", 2, mark,
            f'title begins with "{mark}", which YAML reserves: put the text in double quotes',
            f'title: "{mark}tram here"', SAFE,
        )
        for mark in "@`%"
    ),
    *(
        Case(
            f"title: {text}", 2, text[0],
            f'title begins with "{text[0]}", which YAML {meaning}: put the text in double quotes',
            f'title: "{text}"',
        )
        for text, meaning in [
            ("*tram", "takes for an alias"), ("*tram* here", "takes for an alias"), ("* tram", "takes for an alias"),
            ("& tram", "takes for an anchor"), ("- tram", "takes for a list item"), ("? tram", "takes for a key"),
            ("> tram", "takes for a block of text"), ("|tram", "takes for a block of text"),
            (", tram", "reserves"), ("] tram", "reserves"), ("} tram", "reserves"),
            ("[Video] Tram", "takes for a list"), ("[Video", "takes for a list"), ("{a} Tram", "takes for a mapping"),
        ]
    ),
    *(
        Case(  # no anchor that is used, no tag that is known: words of the text
            f"{above}title: {text}", above.count("\n") + 2, text[0],
            f'title begins with "{text[0]}", which YAML {meaning}: put the text in double quotes',
            f'{above}title: "{text}"',
        )
        for above, text, meaning in [
            ("", "&Beyond stores: closing", "takes for an anchor"), ("", "!Ferry boats: x", "takes for a tag"),
            ("", "&Beyond @stores", "takes for an anchor"), ("type: x\n", "! &a [b] c", "takes for a tag"),
        ]
    ),
    Case(
        "title: !!str &x Tram: soon\nexcerpt: *x", 2, ":",
        'title has a colon after "Tram", which YAML takes for the end of a key: put the text in double quotes',
        'title: !!str &x "Tram: soon"\nexcerpt: *x', SAFE,
    ),
    Case(
        "quality: 61 heat: 71", 2, "heat",
        "heat stands on the line of quality: give it a line of its own",
        "quality: 61\nheat: 71",
    ),
    Case(
        "provider: name: Example Times\n  domain: example.com", 2, "name",
        "name stands on the line of provider: give it a line of its own",
        "provider:\n  name: Example Times\n  domain: example.com",
    ),
    Case(
        "topics: - Trams\ntype: article", 2, "-",
        "the list item stands on the line of topics: give it a line of its own",
        "topics:\n  - Trams\ntype: article",
    ),
    Case(
        "topics: [Trams, Buses\ntype: article", 2, "[",
        "the [ in topics is never closed: write ] at the end of it",
        "topics: [Trams, Buses]\ntype: article",
    ),
]  # fmt: skip

KEYS = [
    Case(
        'title:"Tram"\ntype: article', 2, ":",
        "title has no space after its colon: put one there",
        'title: "Tram"\ntype: article',
    ),
    Case(
        "type: article\ncategory:news", 3, ":",
        "category has no space after its colon: put one there",
        "type: article\ncategory: news",
    ),
    Case(
        "title:\u00a0Tram\ntype: article", 2, ":\u00a0",
        "title has no space after its colon (there is U+00A0, which YAML does not count as one): put one there",
        "title: Tram\ntype: article",
    ),
    Case(
        'title:"News: tram: soon"\ntype: article', 2, ":",
        "title has no space after its colon: put one there",
        'title: "News: tram: soon"\ntype: article',
    ),
    Case(
        'images:\n  - url:"x"\n    width: 3', 3, ":",
        "url has no space after its colon: put one there",
        'images:\n  - url: "x"\n    width: 3',
    ),
    Case(
        "provider:\n  name:Example\n  domain: example.com", 3, ":",
        "name has no space after its colon: put one there",
        "provider:\n  name: Example\n  domain: example.com",
    ),
    Case(
        'type: article\ntitle "Tram"\nexcerpt: x', 3, "title",
        "title has no colon after it: write title: and a space",
        'type: article\ntitle: "Tram"\nexcerpt: x',
    ),
    Case(
        "type: article\nprovider\n  name: x", 3, "provider",
        "provider has no colon after it: write provider: and a space",
        "type: article\nprovider: \n  name: x",
    ),
    Case(
        "title： Tram\ntype: article", 2, "：",
        'title has "：" after it where a colon is due: write title: and a space',
        "title: Tram\ntype: article",
    ),
    Case(
        'type: article\ntitle = "Tram"\nexcerpt: x', 3, "=",
        'title has "=" after it where a colon is due: write title: and a space',
        'type: article\ntitle: "Tram"\nexcerpt: x',
    ),
    Case(
        "title: Tram\ncomes in spring\ntype: article", 3, "comes in spring",
        '"comes in spring" is neither a field nor part of the value above: '
        "join it to the line above, or give it a key",
    ),
    Case(
        'title: x\n"Ferry" x', 3, '"Ferry" x',
        "'\"Ferry\" x' is neither a field nor part of the value above: join it to the line above, or give it a key",
    ),
    Case(
        "title: x\n\"Ferry\" it's", 3, "\"Ferry\" it's",
        "`\"Ferry\" it's` is neither a field nor part of the value above: "
        "join it to the line above, or give it a key",
    ),
    Case(
        "excerpt: |\nThe tram\ntype: article", 3, "The tram",
        '"The tram" is neither a field nor part of the value above: indent it',
    ),
]  # fmt: skip

LAYOUT = [
    Case(
        "provider:\n\tname: x\n\tdomain: y", 3, "\t",
        "a tab in the indentation of 2 lines, where YAML allows spaces only: indent with spaces",
        "provider:\n  name: x\n  domain: y", SAFE,
    ),
    Case(
        "images:\n  - url: x\n\twidth: 3", 4, "\t",
        "a tab in the indentation of this line, where YAML allows spaces only: indent with spaces",
        "images:\n  - url: x\n    width: 3", SAFE,
    ),
    Case(
        "images:\n  -\turl: x\n    width: 3", 3, "\t",
        "a tab in the indentation of this line, where YAML allows spaces only: indent with spaces",
        "images:\n  - url: x\n    width: 3", SAFE,
    ),
    Case(  # below provider, or beside it?
        "related:\n  - title: x\n    provider:\n\tname: y", 5, "\t",
        "a tab in the indentation of this line, where YAML allows spaces only: indent with spaces",
        "related:\n  - title: x\n    provider:\n    name: y",
    ),
    *(
        Case(
            lines, number, "\t",
            "a tab before this line, where nothing is to be indented: delete it",
            lines.replace("\t", ""), safety,
        )
        for lines, number, safety in [
            ('\ttitle: "Ferry"\ntype: article', 2, SAFE),
            ('type: article\n\ttitle: "Ferry"\nexcerpt: x', 3, SAFE),
            ("excerpt: a\n\tb: c", 3, UNSAFE),  # a field, or more of the text?
            ("type: x\nexcerpt: a\n\tb: c\nheat: 1", 4, UNSAFE),
        ]
    ),
    Case(
        "provider:\n  name: x\ntype: article\n\ttitle: x\n\theat: 1", 5, "\t",
        "a tab before 2 lines, where nothing is to be indented: delete them",
        "provider:\n  name: x\ntype: article\ntitle: x\nheat: 1", SAFE,
    ),
    Case(
        'title: "Tram"\n  excerpt: "x"\ntype: article', 3, "excerpt",
        "excerpt is indented by 2 spaces, the fields it belongs to are not indented",
        'title: "Tram"\nexcerpt: "x"\ntype: article',
    ),
    Case(
        "quality: 61\n  heat: 71\ntype: article", 3, "heat",
        "heat is indented by 2 spaces, the fields it belongs to are not indented",
        "quality: 61\nheat: 71\ntype: article",
    ),
    Case(
        " title: Tram\ntype: article\nheat: 71", 2, "title",
        "title is indented by 1 space, the fields it belongs to are not indented",
        "title: Tram\ntype: article\nheat: 71",
    ),
    Case(
        "provider:\n  name: x\n domain: y\ntype: article", 4, "domain",
        "domain is indented by 1 space, the fields it belongs to are indented by 2 spaces",
        "provider:\n  name: x\n  domain: y\ntype: article",
    ),
    Case(
        "  title: Tram\n  type: article\nheat: 71", 4, "heat",
        "heat is not indented, the fields it belongs to are indented by 2 spaces",
        "  title: Tram\n  type: article\n  heat: 71",
    ),
    Case(
        "provider:\n    name: x\n  domain: y\ntype: article", 3, "name",
        "name is indented by 4 spaces, the fields it belongs to are indented by 2 spaces",
        "provider:\n  name: x\n  domain: y\ntype: article",
    ),
    Case(
        "images:\n  - url: x\n  width: 3\n  height: 4", 4, "width",
        "width is indented by 2 spaces, the fields it belongs to are indented by 4 spaces",
        "images:\n  - url: x\n    width: 3\n    height: 4",
    ),
    Case(
        "images:\n   - url: x\n     width: 3\n  - url: y", 5, "-",
        "this list item is indented by 2 spaces, the items it belongs to are indented by 3 spaces",
        "images:\n   - url: x\n     width: 3\n   - url: y",
    ),
    Case(
        "topics:\n  - A\n - B\ntype: article", 4, "-",
        "this list item is indented by 1 space, the items it belongs to are indented by 2 spaces",
        "topics:\n  - A\n  - B\ntype: article",
    ),
    Case(
        'topics:\n  - "A"\n    - "B"', 4, "-",
        "this list item is indented by 4 spaces, the items it belongs to are indented by 2 spaces",
        'topics:\n  - "A"\n  - "B"',
    ),
    Case(
        "related:\n  - title: x\n   provider:\n      name: y\n    type: article", 4, "provider",
        "provider is indented by 3 spaces, the fields it belongs to are indented by 4 spaces",
        "related:\n  - title: x\n    provider:\n      name: y\n    type: article",
    ),
    Case(
        "images:\n  - url: x\n    width: 3\n secured: y", 5, "secured",
        "secured is indented by 1 space, the fields it belongs to are not indented",
        "images:\n  - url: x\n    width: 3\nsecured: y",
    ),
    Case(
        "provider:\n  name: x\n  - y", 4, "-",
        "this list item stands where a key is due: there is no list that it could go on with",
    ),
]  # fmt: skip

# Where nothing better is known the parser's own place is shown, or where it began what it could not finish.
OTHERWISE = [
    Case("title: !a! b", 2, "!", "an exclamation mark, which YAML takes for a tag: put the text in double quotes"),
    Case(
        "topics: [a b: c: d]", 2, "[",
        "a bracket that is not closed as it should be: check the brackets, commas and quotes after it",
    ),
    Case(
        "images: [{url: a, width: 3]", 2, "{",
        "a bracket that is not closed as it should be: check the brackets, commas and quotes after it",
    ),
    *(
        Case(  # the line stands where it can
            lines, lines.count("\n") + 2, "[",
            "a bracket that is not closed as it should be: check the brackets, commas and quotes after it",
        )
        for lines in (
            "type: a\ntopics: [a b: c: d]",
            "x:\n  topics: [a b: c: d]",
            "x:\n- [a b: c: d]",
            "x:\n- y\n- [a b: c: d]",
            "x:\n  - y: 1\n    z: [a b: c: d]",
        )
    ),
    Case("topics: [a, 'b]", 2, "'", "a quote that is never closed: write the closing one"),
    Case(
        'topics: ["\\d"]', 2, "\\",
        "an escape that YAML does not have: write \\\\ for a backslash",
    ),
    Case(
        f"{'k' * 2000}: v\na: b", 2, ":",
        "a colon that cannot end a key: put the text around it in double quotes",
    ),
    Case(
        f"a: {'[' * 200}{']' * 200}", 2, "[",
        "nested too deeply for some readers: write it with fewer levels",
    ),
    Case(
        "a: &a [b, b, b, b, b, b, b, b]\n" + "".join(
            f"{y}: &{y} [{', '.join([f'*{x}'] * 8)}]\n" for x, y in zip("abcdef", "bcdefg", strict=True)
        ) + "h: i", 7, "[",
        "aliases of aliases, which stand for too much: write out what they stand for",
    ),
]  # fmt: skip

CASES = [
    pytest.param(case, id=f"{name}-{number}")
    for name, cases in {
        "quotes": QUOTES, "escapes": ESCAPES, "plain": PLAIN, "keys": KEYS, "layout": LAYOUT, "otherwise": OTHERWISE,
    }.items()
    for number, case in enumerate(cases, 1)
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.usefixtures("parser")
def test_syntax(case: Case, newline: str) -> None:
    text = record(case.lines).replace("\n", newline)
    (diagnostic,) = found(text)
    assert (diagnostic.code, diagnostic.severity) == ("YA001", ERROR)
    assert diagnostic.message == case.message
    assert under(text, diagnostic) == (case.line, case.under)
    if case.fixed is None:
        assert diagnostic.fix is None
    else:
        assert diagnostic.fix is not None
        assert diagnostic.fix.safety is case.safety
        assert repaired(text) == record(case.fixed).replace("\n", newline)


@pytest.mark.usefixtures("parser")
def test_what_parses_is_no_fault() -> None:
    lines = (
        'title: "A \\"b\\" \\u00e9 \\/"\n'
        'excerpt: "c: d\n  e: f"\na: \'it\'\'s\'\nb: >-\n  x: y: z\n  "\nc: [a,\n"b" ]\n'
        "d: &e f\ng: *e\nh: {i: j}\n? k\n: l\nm:\n- n\n- o:p\n- q: r\nhttps://example.com: s"
    )
    assert found(record(lines)) == []


@pytest.mark.usefixtures("parser")
def test_a_line_that_can_be_read_is_not_blamed_for_another() -> None:
    lines = "? a\n: b\n&c d: *c\ne: |\n  f: g: h\n  @\ni: j: k\n"
    text = record(lines)
    (diagnostic,) = found(text)
    assert under(text, diagnostic) == (8, ":")
    assert repaired(text) == record(lines.replace("j: k", '"j: k"'))


@pytest.mark.usefixtures("parser")
def test_several_faults_are_told_each_and_repaired_together() -> None:
    lines = 'title: "The "new" tram"\nexcerpt: Tram: soon\ntopics:\n\t- @trams\nsecured: "C:\\d"'
    text = record(lines)
    diagnostics = found(text)
    assert [under(text, d) for d in diagnostics] == [(2, '"'), (3, ":"), (5, "\t"), (5, "@"), (6, "\\d")]
    assert {d.fix.safety for d in diagnostics if d.fix} == {SAFE}
    assert repaired(text) == record(
        'title: "The \\"new\\" tram"\nexcerpt: "Tram: soon"\ntopics:\n  - "@trams"\nsecured: "C:\\\\d"'
    )


@pytest.mark.usefixtures("parser")
def test_where_one_repair_is_unsafe_all_are() -> None:
    first, second = found(record('title: Tram: soon\nexcerpt: "x\ntype: article'))
    assert first.fix is not None
    assert second.fix is not None
    assert (first.fix.safety, second.fix.safety) == (UNSAFE, UNSAFE)


@pytest.mark.usefixtures("parser")
def test_where_one_fault_has_no_repair_none_is_offered() -> None:
    first, second = found(record("title: Tram: soon\nloose words\ntype: article"))
    assert (first.fix, second.fix) == (None, None)
    assert first.help == "put title in double quotes"


@pytest.mark.usefixtures("parser")
def test_one_text_can_have_two_faults() -> None:
    text = record('title: "The "new" \\d tram"\nexcerpt:"a" \\d b"')
    assert [(under(text, d), d.message) for d in found(text)] == [
        ((2, '"'), 'title has a bare " inside its quotes, where the text would end: write it as \\"'),
        ((2, "\\d"), "title has \\d, which is no escape in YAML: write \\\\ for a backslash"),
        ((3, ":"), "excerpt has no space after its colon: put one there"),
        ((3, '"'), 'excerpt has a bare " inside its quotes, where the text would end: write it as \\"'),
        ((3, "\\d"), "excerpt has \\d, which is no escape in YAML: write \\\\ for a backslash"),
    ]
    assert repaired(text) == record('title: "The \\"new\\" \\\\d tram"\nexcerpt: "a\\" \\\\d b"')


def test_a_tab_that_only_the_parser_in_python_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    text = record('title:\t"Tram"')
    assert found(text) == []
    monkeypatch.setattr(events, "reader", events.pure_events)
    (diagnostic,) = found(text)
    assert diagnostic.message == "a tab, which YAML does not allow here: use spaces"
    assert under(text, diagnostic) == (2, "\t")


def test_what_is_left_is_told_too() -> None:
    text = record('title: Tram: soon\ntopics: [a, "b]\ntype: article')
    first, second = found(text)
    assert under(text, first) == (2, ":")
    assert (second.message, under(text, second)) == ("a quote that is never closed: write the closing one", (3, '"'))
    assert (first.fix, second.fix) == (None, None)


def test_aliases_are_told_of_only_where_there_are_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "MAX_EXPANDED", 10)
    values = "[b, b, b, b, b, b, b, b]"
    assert found(record(f"a: {values}\nb: {values}")) == []
    assert [d.message for d in found(record(f"a: &a {values}\nb: *a"))] == [
        "aliases of aliases, which stand for too much: write out what they stand for"
    ]


def test_the_neighbour_that_stands_right_is_labelled() -> None:
    text = record("provider:\n  name: x\n domain: y\ntype: article")
    (diagnostic,) = found(text)
    (label,) = diagnostic.labels
    assert read(text).slice(label.span) == "name"
    assert label.message == "indented by 2 spaces"
    assert diagnostic.data_path == ("provider", "domain")


def test_a_fault_knows_its_field() -> None:
    (diagnostic,) = found(record('related:\n  - title: a\n    type: x\n  - title: "b\n    type: y'))
    assert diagnostic.data_path == ("related", 1, "title")


def test_a_repair_that_would_change_another_line_is_refused() -> None:
    # YAML reads the first three lines as one text, which they do not look like.
    text = record('title: "a\ntype: b\nexcerpt: c"\nsecured: "d "e" f"')
    assert all(d.fix for d in found(text))
    assert repaired(text) == text


@pytest.mark.usefixtures("parser")
def test_what_other_rules_tell_is_left_to_them() -> None:
    assert found("No front matter: at all: here\n") == []
    assert found(ARTICLE.encode().replace(b"tram", b"tr\xe4m").decode("utf-8", "surrogateescape")) == []
    assert found("--- title: a\nexcerpt: b\n---\n") == []  # glued to its delimiter: FM001
    assert found(record("type: a\n\ufefftitle: b")) == []  # the byte order mark: FM007
    assert [d.message for d in found("--- title: a\nexcerpt: b: c\nx:\n\ty: z\n---\n")] == [
        'excerpt has a colon after "b", which YAML takes for the end of a key: put the text in double quotes',
        "a tab in the indentation of this line, where YAML allows spaces only: indent with spaces",
    ]


def test_a_broken_line_is_not_the_end_of_the_record() -> None:
    text = "---\ncategory: news\ntitle:Tram\n---\nBody\n"
    assert read(text).delimiters.closer.kind == "exact"
    assert under(text, found(text)[0]) == (3, ":")


@pytest.mark.parametrize("size", [4_000])
@pytest.mark.parametrize(
    "line", ['a: "x\n', "a: [\n", "- [\n", "a: b: c\n", "a: *x\n", "x\n", '"', "'", "\\", " ", "\t", "- ", "a: 1\n"]
)
def test_hostile_input_takes_no_more_than_a_moment(line: str, size: int) -> None:
    began = process_time()
    found(record(line * size + "@: '"))
    found(record("a: " + line * size + "@"))
    assert process_time() - began < 20  # most take less than one second; what grows with the square takes minutes


# --- YA002 -------------------------------------------------------------------------------------------------


def duplicates(lines: str) -> tuple[str, Document, list[Diagnostic]]:
    text = record(lines)
    diagnostics = found(text)
    assert {d.code for d in diagnostics} <= {"YA002"}
    return text, read(text), diagnostics


@pytest.mark.usefixtures("parser")
def test_the_same_value_twice_is_deleted_safely() -> None:
    text, document, (diagnostic,) = duplicates('title: "Tram"\ntype: article\ntitle: "Tram"')
    assert under(text, diagnostic) == (4, "title")
    assert diagnostic.message == "title is given a second time, with the same value: delete it"
    assert [(document.slice(label.span), label.span.start, label.message) for label in diagnostic.labels] == [
        ("title", 4, "first given here")
    ]
    assert diagnostic.data_path == ("title",)
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is SAFE
    assert fixed(text, diagnostic.fix) == record('title: "Tram"\ntype: article')


@pytest.mark.usefixtures("parser")
def test_of_two_values_the_one_that_is_read_stays() -> None:
    text, _, (diagnostic,) = duplicates("heat: 61\r\ntype: article\r\nheat: 71")
    assert diagnostic.message == (
        'heat is given a second time, "71" after "61", and Jekyll reads the last: delete the wrong one'
    )
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is UNSAFE
    assert fixed(text, diagnostic.fix) == record("type: article\r\nheat: 71")


@pytest.mark.parametrize("empty", ["", " ~", " null", ' ""', " []"])
def test_of_two_the_one_with_a_value_stays(empty: str) -> None:
    text, _, (diagnostic,) = duplicates(f"title: Tram\ntype: article\ntitle:{empty}")
    assert diagnostic.message == ("title is given a second time, without a value, and Jekyll reads the last: delete it")
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is UNSAFE
    assert repaired(text) == record("title: Tram\ntype: article")
    text, _, (diagnostic,) = duplicates(f"title:{empty}\ntype: article\ntitle: Tram")
    assert repaired(text) == record("type: article\ntitle: Tram")
    text, _, _ = duplicates(f"title: Tram\ntitle:{empty}\ntype: article\ntitle: Bus")
    assert repaired(text) == record("type: article\ntitle: Bus")


def test_equal_means_of_one_type_too() -> None:
    _, _, (diagnostic,) = duplicates('heat: 61\nheat: "61"')
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is UNSAFE


def test_keys_are_compared_as_they_are_read() -> None:
    text, _, (diagnostic,) = duplicates("title: a\n\"t\\x69tle\": 'a'")
    assert under(text, diagnostic) == (3, '"t\\x69tle"')
    assert diagnostic.fix is not None
    assert fixed(text, diagnostic.fix) == record("title: a")


def test_at_any_depth_and_with_all_that_is_below() -> None:
    lines = "related:\n  - title: é🚋\n    provider:\n      name: x\n    provider:\n      name: y\n      domain: z"
    text, _, (diagnostic,) = duplicates(lines)
    assert under(text, diagnostic) == (6, "provider")
    assert diagnostic.message == (
        "related[0].provider is given a second time, with another value, and Jekyll reads the last: "
        "delete the wrong one"
    )
    assert diagnostic.fix is not None
    assert fixed(text, diagnostic.fix) == record(
        "related:\n  - title: é🚋\n    provider:\n      name: y\n      domain: z"
    )


def test_one_key_in_two_mappings_is_none() -> None:
    assert duplicates("title: a\nrelated:\n  - title: a\n  - title: a\nprovider:\n  title: a\nTitle: a")[2] == []


def test_each_more_is_a_finding_and_the_last_value_stays() -> None:
    text, document, diagnostics = duplicates("a: 1\nb: 1\na: 1\na: 2\na: 2")
    assert [under(text, d) for d in diagnostics] == [(4, "a"), (5, "a"), (6, "a")]
    assert [d.labels[0].span.start for d in diagnostics] == [4, 4, 4]
    assert [d.fix.safety for d in diagnostics if d.fix] == [SAFE, UNSAFE, SAFE]
    assert repaired(text) == record("b: 1\na: 2")
    safe = fix(document, ya.RULES, Repository(None), unsafe=False).document
    assert safe.text == record("a: 1\nb: 1\na: 2")


@pytest.mark.parametrize(
    "lines",
    [
        "provider: {name: a, name: a}",
        "a: 1\na: 1 # why",
        "a:\n  # why\n  b: 1\na:\n  # why\n  b: 1",
        "a: &x 1\nb: *x\na: 2",
        "b: &x {c: 1}\n<<: *x\n<<: *x",
        "list:\n  - a: 1\n    a: 2",
    ],
)
@pytest.mark.usefixtures("parser")
def test_no_fix_where_something_else_would_go_too(lines: str) -> None:
    _, _, (diagnostic,) = duplicates(lines)
    assert diagnostic.fix is None


def test_block_scalars_are_compared_and_deleted_whole() -> None:
    text, _, (diagnostic,) = duplicates("a: |\n  x\n  y\nb: 1\na: |\n  x\n  y")
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is SAFE
    assert fixed(text, diagnostic.fix) == record("a: |\n  x\n  y\nb: 1")


# --- YA003 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "under_caret", "message"),
    [
        ("---\n---\n", (1, "---"), "the front matter is empty: there is no record between the two lines"),
        ("---\r\n\r\n---\r\n", (1, "---"), "the front matter is empty: there is no record between the two lines"),
        ("---\n~\n---\n", (1, "---"), "the front matter is empty: there is no record between the two lines"),
        ("---\n\n# title: é\n---\n", (3, "# title: é"), "the front matter has comments only: there is no record"),
        (
            "---\n- title: a\n- type: b\n---\n", (2, "- title: a"),
            "the front matter is a list, not a record: write each field as key: value",
        ),
        (
            "---\n[a, b]\n---\n", (2, "[a, b]"),
            "the front matter is a list, not a record: write each field as key: value",
        ),
        (
            "---\nJust text\non lines\n---\n", (2, "Just text"),
            "the front matter is a text, not a record: write each field as key: value",
        ),
        (
            "---\ntitle:Tram\nloose words\n---\n", (2, "title:Tram"),
            "the front matter is a text, not a record: write each field as key: value",
        ),
        ("---\n5\n---\n", (2, "5"), "the front matter is a single value, not a record: write each field as key: value"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("parser")
def test_no_record(text: str, under_caret: tuple[int, str], message: str) -> None:
    (diagnostic,) = found(text)
    assert (diagnostic.code, diagnostic.severity, diagnostic.message) == ("YA003", ERROR, message)
    assert under(text, diagnostic) == under_caret
    assert diagnostic.fix is None


@pytest.mark.usefixtures("parser")
def test_a_text_that_lacks_spaces_after_its_colons_can_be_a_record() -> None:
    text = "---\r\ntitle:Tram\r\ntype:article\r\n---\r\n"
    (diagnostic,) = found(text)
    assert diagnostic.message == (
        "the front matter is a text, not a record: title has no space after its colon: put one there"
    )
    assert under(text, diagnostic) == (2, ":")
    assert diagnostic.fix is not None
    assert diagnostic.fix.safety is UNSAFE
    assert repaired(text) == "---\r\ntitle: Tram\r\ntype: article\r\n---\r\n"


def test_an_empty_record_without_an_end_is_left_to_the_rule_on_delimiters() -> None:
    assert found("---\n\nJust text.\n") == []


def test_a_sound_record_is_a_record() -> None:
    assert found(ARTICLE) == []
    assert apply_edits(ARTICLE, ()) == ARTICLE


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("---\na: b\n", "", ""),
        ("# about\n---\na: b\n...\n", "", ""),
        (
            "---\na: b\n---\n",
            "YA003",
            "a second YAML document begins here, and readers drop it: make one record of the two",
        ),
        ("", "YA003", "the file is empty: there is no record in it"),
        ("# about\n", "YA003", "the file has comments only: there is no record"),
        ("- a\n", "YA003", "the file is a list, not a record: write each field as key: value"),
        ("Trams\n", "YA003", "the file is a text, not a record: write each field as key: value"),
    ],
)
def test_a_data_file_has_no_delimiters(text: str, code: str, message: str) -> None:
    found = lint(read(text, "_data/topics/a.yaml"), [*fm.RULES, *ya.RULES], Repository(None))
    assert [(d.code, d.message) for d in found] == ([(code, message)] if code else [])


def test_the_marks_of_a_merge_are_named() -> None:
    text = ARTICLE.replace("heat: 71\n", "<<<<<<< ours\nheat: 71\n=======\nheat: 72\n>>>>>>> theirs\n")
    told = "was left by a merge in git: keep one of the two sides, and delete the marks"
    assert [d.message for d in findings(text)] == [
        f'"<<<<<<< ours" {told}',
        f'"=======" {told}',
        f'">>>>>>> theirs" {told}',
    ]
