"""Cases: what the YAML between the delimiters is made of: tags, keys, indentation, brackets; and what is plain."""

from __future__ import annotations

import json

from benchmarks.readers.case import DATA, RECORD, Case, Expect, valued, whole

_TAGGED = ["!!str 2020", "!!int '3'", "!!float 3", "!!null ''", "!!timestamp 2020-12-08", "!!binary aGk=", "!!set {a}",
           "!!omap [a: 1]", "!!unknown x", "!ferry sails", "! x", "!<x> y", "!ruby/object:Object {}",
           "!!python/name:os.system", "!!js/regexp /a/"]  # fmt: skip


_KEYS = "1 true yes null ~ 1.5 = on 012 16:9 0x1F <<"


def _exotic() -> list[Case]:
    def odd(name: str, block: str, why: str = "readers differ", **meant: object) -> Case:
        return valued(f"exotic: {name}", block, "hazard", why, **(meant or {"unknown": True}))

    def framed_by(name: str, text: str, expect: Expect, why: str) -> Case:
        return whole(f"exotic: {name}", f"---\n{text}---\n", expect, why, {})

    deep = "[" * 150 + "]" * 150
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{key}: &{key} [{', '.join([f'*{old}'] * 9)}]\n" for old, key in zip("abcdefg", "bcdefgh", strict=True)
    )
    keys = {"empty": ": x", "a list": "[a, b]: x", "a map": "{a: b}: x", "an anchor": "&a b: x", "tagged": "!!str b: x",
            "long": "k" * 1100 + ": x", "a date": "2020-12-08: x"}  # fmt: skip
    keys |= {key: f"{key}: x" for key in _KEYS.split()}
    indented = "".join(f"  {line}\n" for line in RECORD.splitlines())
    first = RECORD.splitlines(keepends=True)
    return [
        *(odd(f"tag {tag}", f"excerpt: {tag}") for tag in _TAGGED),
        *(odd(f"key {name}", key) for name, key in keys.items()),
        odd("key explicit", "? [a]\n: x"),
        odd("key with a zero width space", "cat\u200begory: x"),
        odd("key after a zero width space", '\u200btitle: "x"'),
        odd("key after a no-break space", '\xa0title: "x"'),
        odd("key before a no-break space", 'title\xa0: "x"'),
        odd("key after a tab", '\ttitle: "x"'),
        odd("key after a space", ' title: "x"'),
        odd("merge", "provider: &p\n  name: A\n  domain: example.com\nsource:\n  <<: *p\n"),
        odd("merge of a list", "a: &a {x: 1}\nb: &b {y: 2}\nprovider:\n  <<: [*a, *b]\n  name: A"),
        odd("alias unknown", "title: *nothing"),
        odd("alias to itself", "related: &r\n  - *r"),
        odd("alias bomb", bomb),
        odd("150 lists deep", f"topics: {deep}"),
        odd("solidus escape", r'originalUrl: "https:\/\/www.example.com\/a"', originalUrl="https://www.example.com/a"),
        odd("surrogate escapes", r'title: "Ferry \ud83d\udea2"', title="Ferry \U0001f6a2"),
        odd("half a surrogate", r'title: "Ferry \ud83d"'),
        odd("escape of a bell", r'title: "Ferry\a"', "a control character in a title"),
        odd("escape of NUL", r'title: "Ferry\0"', "a control character in a title"),
        odd("escape of U+0085", r'title: "Ferry\Nboat"', "a line end in a title"),
        odd("escape beyond Unicode", r'title: "Ferry \U00110000"'),
        odd("no space after a key in braces", "provider: {name:A, domain:example.com}"),
        odd("an open bracket", "topics: [Ferries, Trams", topics=["Ferries", "Trams"]),
        odd("a bracket too much", "topics: [Ferries]]"),
        odd("an open brace", "provider: {name: A"),
        odd("a tab in indentation", "provider:\n\tname: A\n\tdomain: example.com",
            provider={"name": "A", "domain": "example.com"}),
        odd("tabs and spaces in indentation", "provider:\n  name: A\n \tdomain: example.com"),
        odd("a tab after a dash", "topics:\n  -\tFerries", topics=["Ferries"]),
        odd("a no-break space in indentation", "provider:\n\xa0\xa0name: A\n"),
        odd("uneven indentation", "provider:\n  name: A\n   domain: example.com"),
        odd("uneven list", "topics:\n  - Ferries\n - Trams"),
        odd("a value and a map", "provider: A\n  domain: example.com"),
        odd("a directive", "%YAML 1.1\n"),
        odd("a chomping sign of its own", "excerpt: |x\n  Ferry"),
        odd("a block too far out", "excerpt: |4\n  Ferry\n"),
        odd("a colon glued to a quoted key", '"title":"Ferry"', title="Ferry"),
        odd("a list in a quoted text", "topics: '[Ferries, Trams]'"),
        framed_by("all keys indented", indented, "hazard", "front-matter takes the first indentation away"),
        framed_by("first key indented", " " + RECORD, "hazard", "front-matter takes the first indentation away"),
        framed_by("last value a kept block", RECORD + "excerpt2: |+\n  Ferry\n\n\n", "hazard", "an end that some trim"),
        framed_by("a list item first", "- x\n" + RECORD, "hazard", "no map"),
        framed_by("a text first", "x\n" + RECORD, "hazard", "no map"),
        framed_by("a comment with a tab before", "\t# x\n" + RECORD, "hazard", "a tab as indentation"),
        framed_by("the record in braces", json.dumps(dict(DATA)) + "\n", "sound", "JSON is YAML"),
        framed_by("reversed keys", "".join(_blocks()[::-1]), "sound", "the order of keys says nothing"),
        framed_by("one list in another's place", first[0] + RECORD, "hazard", "the first key twice"),
    ]  # fmt: skip


def _blocks() -> list[str]:
    blocks: list[str] = []
    for line in RECORD.splitlines(keepends=True):
        if line.startswith(" "):
            blocks[-1] += line
        else:
            blocks.append(line)
    return blocks


def _sound() -> list[Case]:
    def sound(name: str, block: str, why: str = "plain YAML", **meant: object) -> Case:
        return valued(f"sound: {name}", block, "sound", why, **meant)

    long = "The ferry sails to the islands and back again. " * 12 + "Really."
    return [
        sound("double quotes", 'title: "Ferry: it sails #4"', title="Ferry: it sails #4"),
        sound("single quotes", "title: 'Ferry: it sails #4'", title="Ferry: it sails #4"),
        sound("single quotes doubled", "title: 'The captain''s ferry'", title="The captain's ferry"),
        sound("double quotes escaped", r'title: "The \"Ferry\" sails"', title='The "Ferry" sails'),
        sound("backslash escaped", r'title: "Ferry \\ boat"', title="Ferry \\ boat"),
        sound("backslash in single quotes", r"title: 'Ferry \d boat'", title=r"Ferry \d boat"),
        sound("escaped letters", r'title: "F\u00e4hre \U0001F6A2 \x41"', title="Fähre \U0001f6a2 A"),
        sound("plain", "title: Ferry sails", title="Ferry sails"),
        sound("comment after a value", 'title: "Ferry sails" # checked', title="Ferry sails"),
        sound("comment line", '# checked\ntitle: "Ferry sails"', title="Ferry sails"),
        sound("comment indented", 'provider:\n  # the source\n  name: A\n  domain: example.com',
              provider={"name": "A", "domain": "example.com"}),
        sound("comment in a list", "topics:\n  # first\n  - Ferries\n  # last\n  - Trams", topics=["Ferries", "Trams"]),
        sound("comment after a key", "topics: # three at most\n  - Ferries", topics=["Ferries"]),
        sound("comment with quotes", '# don\'t "touch\ntitle: "Ferry sails"', title="Ferry sails"),
        sound("comment that is a field", '# title: x\ntitle: "Ferry sails"', title="Ferry sails"),
        sound("folded block", "excerpt: >-\n  The ferry\n  sails.", excerpt="The ferry sails."),
        sound("folded block, paragraphs", "excerpt: >-\n  At noon.\n\n  At night.", excerpt="At noon.\nAt night."),
        sound("literal block", "excerpt: |-\n  The ferry # sails: 'now'", excerpt="The ferry # sails: 'now'"),
        sound("literal block, comment", "excerpt: |- # by hand\n  The ferry sails.", excerpt="The ferry sails."),
        sound("literal block, indentation", "excerpt: |2-\n    The ferry\n  sails.", excerpt="  The ferry\nsails."),
        sound("plain over two lines", "excerpt: The ferry\n  sails.", excerpt="The ferry sails."),
        sound("quotes over two lines", 'excerpt: "The ferry\n  sails."', excerpt="The ferry sails."),
        sound("quotes with a folded backslash", 'excerpt: "The ferry \\\n  sails."', excerpt="The ferry sails."),
        sound("value on the next line", 'title:\n  "Ferry sails"', title="Ferry sails"),
        sound("quoted key", '"title": "Ferry sails"', title="Ferry sails"),
        sound("single-quoted key", "'title': Ferry sails", title="Ferry sails"),
        sound("space before the colon", 'title : "Ferry sails"', title="Ferry sails"),
        sound("spaces after the colon", 'title:    "Ferry sails"', title="Ferry sails"),
        sound("space at the end", 'title: "Ferry sails"   ', title="Ferry sails"),
        sound("space at the end of a plain text", "title: Ferry sails   ", title="Ferry sails"),
        sound("blank lines between", '\n\ntitle: "Ferry sails"\n\n', title="Ferry sails"),
        sound("list in brackets", "topics: [Ferries, Trams]", topics=["Ferries", "Trams"]),
        sound("list in brackets, quoted", "topics: ['Ferries, Boats', \"Trams\"]", topics=["Ferries, Boats", "Trams"]),
        sound("list in brackets, lines", "topics: [\n  Ferries,\n  Trams\n  ]", topics=["Ferries", "Trams"]),
        sound("list at column 0", "topics:\n- Ferries\n- Trams", topics=["Ferries", "Trams"]),
        sound("list of quoted texts", "topics:\n  - \"No\"\n  - '16:9'", topics=["No", "16:9"]),
        sound("map in braces", "provider: {name: A, domain: example.com}",
              provider={"name": "A", "domain": "example.com"}),
        sound("map in braces, quoted", 'provider: {"name": "A", "domain": "example.com"}',
              provider={"name": "A", "domain": "example.com"}),
        sound("map in braces, no space", 'provider: {"name":"A","domain":"example.com"}',
              provider={"name": "A", "domain": "example.com"}),
        sound("comma at the end of a list", "topics: [Ferries, Trams, ]", topics=["Ferries", "Trams"]),
        sound("map in braces, lines", "provider: {\n  name: A,\n  domain: example.com\n  }",
              provider={"name": "A", "domain": "example.com"}),
        sound("deeper indentation", "provider:\n        name: A\n        domain: example.com",
              provider={"name": "A", "domain": "example.com"}),
        sound("a plain address", "originalUrl: https://www.example.com/a?b=c&d=e#f",
              originalUrl="https://www.example.com/a?b=c&d=e#f"),
        sound("a long line", f'excerpt: "{long}"', excerpt=long),
        sound("a very long line", f'# {"x" * 20000}\ntitle: "Ferry sails"', title="Ferry sails"),
        sound("a quoted date", 'publishedDateTime: "2021-03-14T07:30:00Z"'),
        sound("false", "published: false", published=False),
        sound("an apostrophe", "title: The captain's ferry", title="The captain's ferry"),
        sound("quotes in the middle", 'title: The "Ferry" sails', title='The "Ferry" sails'),
        sound("curly quotes", "title: “Ferry” sails", title="“Ferry” sails"),
        sound("a hash inside a word", "title: Ferry#4 sails", title="Ferry#4 sails"),
        sound("a no-break space inside", 'title: "Ferry 4\xa0km"', title="Ferry 4\xa0km"),
        sound("a tab after a value", 'title: "Ferry sails"\t', title="Ferry sails"),
    ]  # fmt: skip


def _wrapped() -> list[Case]:
    """Values over more than one line, and comments that touch what they follow."""
    noon, lists = "At noon. At night.", ["Ferries", "Trams"]
    kinds = {"double quotes": 'excerpt: "At noon.{}At night."', "single quotes": "excerpt: 'At noon.{}At night.'"}
    indent, keeps = "yaml 2 wants spaces in front of each line", "js-yaml 3 keeps white space at the end of a line"
    folded, glued = "folded alike", "yaml 2 wants a space before a comment"
    cases: list[Case] = []
    for kind, block in kinds.items():
        for name, between, why in (
            ("", "\n  ", ""),
            ("one space", "\n ", ""),
            ("a space and a tab", "\n \t", ""),
            ("not indented", "\n", indent),
            ("a tab", "\n\t", indent),
            ("space at an end", " \n  ", keeps),
            ("tab at an end", "\t\n  ", keeps),
        ):
            expect: Expect = "hazard" if why else "sound"
            cases.append(valued(f"wrapped: {kind}, {name}".rstrip(", "), block.format(between), expect,
                                why or folded, excerpt=noon))  # fmt: skip
        last = block.replace("At night.", "")
        cases.append(
            valued(f"wrapped: {kind}, end not indented", last.format("\n"), "hazard", indent, excerpt="At noon. ")
        )
    return [
        *cases,
        valued("wrapped: plain, space at an end", "excerpt: At noon. \n  At night.", "sound", folded,
               excerpt=noon),
        valued("wrapped: plain, tab at an end", "excerpt: At noon.\t\n  At night.", "sound", folded,
               excerpt=noon),
        valued("wrapped: plain, a tab", "excerpt: At noon.\n\tAt night.", "hazard", "no indentation", excerpt=noon),
        valued("wrapped: quotes, line of a tab", 'excerpt: "At noon.\n\t\n  At night."', "hazard", indent,
               excerpt="At noon.\nAt night."),
        valued("wrapped: closing bracket not indented", "topics: [\n  Ferries,\n  Trams\n]", "sound", "plain YAML",
               topics=lists),
        valued("wrapped: closing brace not indented", "provider: {\n  name: A,\n  domain: example.com\n}", "sound",
               "plain YAML", provider={"name": "A", "domain": "example.com"}),
        valued("wrapped: list not indented", "topics: [\nFerries, Trams]", "hazard", indent, topics=lists),
        valued("wrapped: list after a tab", "topics: [Ferries,\n\tTrams]", "hazard", indent, topics=lists),
        valued("wrapped: map not indented", "provider: {name: A\nB, domain: example.com}", "hazard",
               "an error for most", provider={"name": "A B", "domain": "example.com"}),
        valued("wrapped: an item over two lines", "topics: [Ferries\n  and boats, Trams]", "sound", "plain YAML",
               topics=["Ferries and boats", "Trams"]),
        valued("brackets: a question mark", "topics: [Ferries?, Trams]", "hazard", "an error for go-yaml 2",
               topics=["Ferries?", "Trams"]),
        valued("braces: a question mark", "provider: {name: Who? Times, domain: example.com}", "hazard",
               "an error for go-yaml 2", provider={"name": "Who? Times", "domain": "example.com"}),
        valued("brackets: a question mark in quotes", 'topics: ["Ferries?", Trams]', "sound", "plain YAML",
               topics=["Ferries?", "Trams"]),
        valued("brackets: a hyphen alone", "topics: [-, Trams]", "hazard", "an error for JavaScript",
               topics=["-", "Trams"]),
        valued("brackets: a colon at an end", "topics: [Ferries:, Trams]", "hazard", "an error for libyaml 0.2",
               topics=["Ferries:", "Trams"]),
        valued("brackets: two colons at an end", "topics: [Ferries::, Trams]", "hazard", "an error for libyaml 0.2",
               topics=["Ferries::", "Trams"]),
        valued("brackets: a colon inside, one at an end", "topics: [at 12:30:, Trams]", "hazard",
               "an error for libyaml 0.2", topics=["at 12:30:", "Trams"]),
        valued("braces: colons", "provider: {name: Times:Example:, domain: example.com}", "hazard",
               "an error for libyaml 0.2", provider={"name": "Times:Example:", "domain": "example.com"}),
        valued("brackets: a question mark first", "topics: [?Ferries, Trams]", "hazard", "a key for libyaml",
               topics=["?Ferries", "Trams"]),
        valued("brackets: a colon inside", "topics: [Ferries:boats, Trams]", "sound", "plain YAML",
               topics=["Ferries:boats", "Trams"]),
        valued("brackets: an address", "topics: [https://www.example.com/a, Trams]", "sound", "plain YAML",
               topics=["https://www.example.com/a", "Trams"]),
        valued("brackets: a hyphen first", "topics: [-Ferries, Trams]", "sound", "plain YAML",
               topics=["-Ferries", "Trams"]),
        valued("brackets: signs inside", "topics: [A&B, c|d, e>f, g*h, i!j, k@l, m%n]", "sound", "plain YAML",
               topics=["A&B", "c|d", "e>f", "g*h", "i!j", "k@l", "m%n"]),
        valued("comment glued to quotes", 'title: "Ferry"#4', "hazard", glued, title="Ferry"),
        valued("comment glued to a bracket", "topics: [Ferries, Trams]#4", "hazard", glued, topics=lists),
        valued("comment glued to a comma", "topics: [Ferries,#4\n  Trams]", "hazard", glued, topics=lists),
        valued("comment glued to a block's sign", "excerpt: |-#4\n  Ferry", "hazard", glued, excerpt="Ferry"),
        valued("comment glued to a word in brackets", "topics: [Ferries#4, Trams]", "sound", "no comment",
               topics=["Ferries#4", "Trams"]),
    ]  # fmt: skip


STRUCTURES = [*_exotic(), *_wrapped(), *_sound()]
