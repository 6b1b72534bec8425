"""Cases: where the record begins and ends, and what bytes the file is made of."""

from __future__ import annotations

from benchmarks.readers.case import RECORD, Case, framed, valued, whole

_OPEN, _CLOSE = "---\n", "---\n"
_TITLE = 'title: "Ferry to the islands sails again"\n'
_LOOKALIKES = {
    "em dash": "—", "two em dashes": "——", "en dashes": "–––", "figure dashes": "‒‒‒", "horizontal bars": "―――",
    "minus signs": "−−−", "hyphens U+2010": "‐‐‐", "no-break hyphens": "\u2011\u2011\u2011",
    "full-width hyphens": "－－－", "soft hyphens": "---".replace("-", "\xad"), "one of three an en dash": "-–-",
    "hyphens with zero width space": "-\u200b--", "box drawing": "───",
}  # fmt: skip
_OTHERS = {
    "asterisks": "***", "underscores": "___", "equals signs": "===", "TOML plus signs": "+++", "semicolons": ";;;",
    "code fence": "```", "tildes": "~~~", "two hyphens": "--", "one hyphen": "-", "spaced hyphens": "- - -",
    "escaped": r"\---", "quoted": '"---"', "in a quotation": "> ---", "as a comment": "# ---", "HTML rule": "<hr>",
}  # fmt: skip
_AFTER = {
    "a space": " ", "three spaces": "   ", "a tab": "\t", "a comment": " # news", "a glued comment": "#news",
    "one more hyphen": "-", "more hyphens": "-" * 20, "a second one": " ---", "a no-break space": "\xa0",
    "a zero width space": "\u200b", "a byte order mark": "\ufeff", "a full stop": ".", "a colon": ":", "NUL": "\0",
}  # fmt: skip
_BEFORE = {
    "a space": " ", "four spaces": "    ", "a tab": "\t", "a no-break space": "\xa0", "a zero width space": "\u200b",
    "an ideographic space": "\u3000", "NUL": "\0", "a form feed": "\f",
}  # fmt: skip


def _openers() -> list[Case]:
    cases: list[Case] = []

    def hazard(name: str, before: str, why: str, after: str = _CLOSE, **meant: object) -> None:
        cases.extend(framed(f"opener: {name}", before, after, "hazard", why, meant=meant))

    for name, dashes in {**_LOOKALIKES, **_OTHERS}.items():
        hazard(name, f"{dashes}\n", "no reader, or one alone, takes it for an opener")
    for name, extra in _AFTER.items():
        hazard(f"followed by {name}", f"---{extra}\n", "readers disagree on what may follow the dashes")
    for name, extra in _BEFORE.items():
        hazard(f"after {name}", f"{extra}---\n", "readers disagree on what may come before the dashes")
    hazard("missing", "", "there is no record for anyone")
    hazard("blank line before", "\n---\n", "Hugo and Python skip it, the others find no record")
    hazard("line of spaces before", "  \n---\n", "Hugo and Python skip it, the others find no record")
    hazard("text before", "Draft\n---\n", "nobody finds a record below text")
    hazard("comment before", "# by hand\n---\n", "nobody finds a record below a comment")
    hazard("HTML comment before", "<!-- x -->\n---\n", "Hugo alone skips it")
    hazard("YAML directive before", "%YAML 1.1\n---\n", "YAML, but no front matter")
    hazard("names YAML", "---yaml\n", "the name of a language for gray-matter alone")
    hazard("names JSON", "---json\n", "gray-matter reads the record as JSON")
    updated = "2021-03-14T08:30:00Z"
    for name, dashes in (("key glued to it", "---"), ("key on its line", "--- ")):
        hazard(name, f"{dashes}updatedDateTime: {updated}\n", "gray-matter takes the key for a language",
               updatedDateTime=updated)  # fmt: skip
    hazard("block scalar on its line", "--- |\n", "Hugo takes the record for a text")
    hazard("tag on its line", "--- !!map\n", "gray-matter takes the tag for a language")
    hazard("doubled", "---\n---\n", "an empty record, with the real one as its body")
    hazard("doubled, blank line between", "---\n\n---\n", "an empty record, with the real one as its body")
    hazard("byte order mark", "\ufeff---\n", "Jekyll copies the file as it is, Python finds no record")
    hazard("two byte order marks", "\ufeff\ufeff---\n", "only Hugo finds the record")
    hazard("lone CR", "---\r", "only some readers end a line there")
    hazard("U+2028", "---\u2028", "JavaScript ends a line there")
    hazard("U+0085", "---\x85", "YAML 1.1 ends a line there")
    hazard("equals yaml", "= yaml =\n", "front-matter alone knows it", "= yaml =\n")
    hazard("fenced", "```yaml\n---\n", "the fence is before the record", "---\n```\n")
    cases.extend(framed("opener: right", _OPEN, _CLOSE, "sound", "what every reader expects"))
    cases.extend(framed("opener: blank line after it", "---\n\n", _CLOSE, "sound", "YAML skips it"))
    cases.extend(framed("opener: comment after it", "---\n# by hand\n", _CLOSE, "sound", "YAML skips it"))
    return cases


def _closers() -> list[Case]:
    cases: list[Case] = []

    def hazard(name: str, after: str, why: str, body: str = "") -> None:
        cases.extend(framed(f"closer: {name}", _OPEN, after, "hazard", why, body))

    def sound(name: str, after: str, why: str, body: str = "") -> None:
        cases.extend(framed(f"closer: {name}", _OPEN, after, "sound", why, body))

    for name, dashes in {**_LOOKALIKES, **_OTHERS}.items():
        hazard(name, f"{dashes}\n", "no reader closes the record there")
    for name, extra in _AFTER.items():
        hazard(f"followed by {name}", f"---{extra}\n", "readers disagree on what may follow the dashes")
    for name, extra in _BEFORE.items():
        hazard(f"after {name}", f"{extra}---\n", "no reader closes the record there")
    hazard("missing", "", "gray-matter alone reads on to the end of the file")
    hazard("missing, a text below", "\nThe ferry leaves at noon.\n", "nobody can tell the record from the text",
           "The ferry leaves at noon.")  # fmt: skip
    hazard("missing, a rule in the body", "\nThe ferry leaves at noon.\n\n---\n\nAnd returns.\n",
           "all take the rule for the closer", "The ferry leaves at noon.\n\n---\n\nAnd returns.")  # fmt: skip
    hazard("dots", "...\n", "Jekyll and front-matter alone close the record there")
    hazard("dots before it", "...\n---\n", "Jekyll takes the closer for the body")
    hazard("text glued to it", "---The ferry leaves.\n", "a prefix is enough for Hugo and gray-matter",
           "The ferry leaves.")  # fmt: skip
    hazard("text on its line", "--- The ferry leaves.\n", "a prefix is enough for Hugo and gray-matter",
           "The ferry leaves.")  # fmt: skip
    hazard("lone CR", "---\r", "not the end of a line for all")
    hazard("doubled", "---\n---\n", "a rule, or an empty second record, in the body")
    hazard("doubled, blank line between", "---\n\n---\n", "a rule, or an empty second record, in the body")
    hazard("keys below it", "---\nsource: wire\n", "fields that nobody reads")
    hazard("keys below it, closed again", "---\nsource: wire\n---\n", "fields that nobody reads")
    hazard("second record", "---\n---\n" + RECORD + "---\n", "an article that nobody reads")
    hazard("second record after a blank line", "---\n\n---\n" + RECORD + "---\n", "an article that nobody reads")
    hazard("glued to the last line", "---\n", "no line begins with it")
    cases[-2:] = [
        whole(f"closer: glued to the last line{name}", (_OPEN + RECORD[:-1] + "---\n").replace("\n", end), "hazard",
              "no line begins with it", {})
        for name, end in (("", "\n"), (", CRLF", "\r\n"))
    ]  # fmt: skip
    sound("no final newline", "---", "the end of the file ends the line")
    sound("blank lines below", "---\n\n\n\n", "white space is no body")
    sound("text below", "---\nThe ferry leaves at noon.\n", "a body", "The ferry leaves at noon.")
    sound("rules in the body", "---\nAt noon.\n\n---\n\nAt night.\n\n---\n", "the first closer closes",
          "At noon.\n\n---\n\nAt night.\n\n---")  # fmt: skip
    sound("heading underlined in the body", "---\nTimes\n---\n\nAt noon.\n", "the first closer closes",
          "Times\n---\n\nAt noon.")  # fmt: skip
    sound("dots in the body", "---\nAt noon\n\n...\n\nor later.\n", "the first closer closes",
          "At noon\n\n...\n\nor later.")  # fmt: skip
    sound("other rules in the body", "---\nAt noon.\n\n***\n\nAt night.\n\n___\n", "Markdown",
          "At noon.\n\n***\n\nAt night.\n\n___")  # fmt: skip
    sound("list and table in the body", "---\n- noon\n- night\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n", "Markdown",
          "- noon\n- night\n\n| a | b |\n| --- | --- |\n| 1 | 2 |")  # fmt: skip
    sound("code in the body", "---\nSo:\n\n```yaml\n---\nfare: 3\n---\n```\n", "the first closer closes",
          "So:\n\n```yaml\n---\nfare: 3\n---\n```")  # fmt: skip
    sound("blank line before it", "\n---\n", "YAML skips it")
    sound("comment before it", "# by hand\n---\n", "YAML skips it")
    return cases


def _inside() -> list[Case]:
    """Lines inside the record that look like its end."""
    kinds = {
        "literal block": "excerpt: |\n  At noon.\n{}\n  At night.\n",
        "folded block": "excerpt: >-\n  At noon.\n{}\n  At night.\n",
        "double quotes": 'excerpt: "At noon.\n{}\n  At night."\n',
        "single quotes": "excerpt: 'At noon.\n{}\n  At night.'\n",
        "plain text": "excerpt: At noon.\n{}\n  At night.\n",
    }
    cases = [
        valued(f"inside {kind}: {line!r}", block.format(line), "hazard", "a line that some take for the closer",
               unknown=True)
        for kind, block in kinds.items() for line in ("---", "----", "--- and", "...", "---\t")
    ]  # fmt: skip
    quoted = {"double quotes": '"', "single quotes": "'"}
    for kind, quote in quoted.items():
        text = f"excerpt: {quote}At noon.\n  ---\n  At night.{quote}"
        cases.append(valued(f"inside {kind}: indented", text, "sound", "no line begins with it",
                            excerpt="At noon. --- At night."))  # fmt: skip
    return [
        *cases,
        valued("inside literal block: indented", "excerpt: |\n  At noon.\n  ---\n  At night.", "sound",
               "no line begins with it", excerpt="At noon.\n---\nAt night.\n"),
        valued("inside folded block: indented dots", "excerpt: >-\n  At noon.\n  ...\n  At night.", "sound",
               "no line begins with it", excerpt="At noon. ... At night."),
        valued("inside a title: dashes", 'title: "Noon --- or night"', "sound", "not at the start of a line",
               title="Noon --- or night"),
        valued("inside a plain title: dashes", "title: Noon --- or night", "sound", "not at the start of a line",
               title="Noon --- or night"),
        valued("inside literal block: em dash", "excerpt: |\n  At noon.\n  —\n  At night.", "sound",
               "no line begins with it", excerpt="At noon.\n—\nAt night.\n"),
        valued("inside: a separator of dashes", 'title: "Noon"\n----------\n', "hazard",
               "a prefix is enough for Hugo and gray-matter", title="Noon"),
        valued("inside: a closer between fields", 'title: "Noon"\n---\n', "hazard",
               "the fields below are lost for all", title="Noon"),
        valued("inside: dots between fields", 'title: "Noon"\n...\n', "hazard",
               "the fields below are lost for Jekyll", title="Noon"),
        valued("inside: a separator of em dashes", 'title: "Noon"\n———\n', "hazard", "no YAML", title="Noon"),
        valued("inside: a key of dashes", "---heading: x", "hazard", "a prefix is enough for Hugo and gray-matter",
               unknown=True),
        valued("inside: dashes in a comment", '# ---\ntitle: "Noon"', "sound", "no line begins with it",
               title="Noon"),
        valued("inside: unterminated double quote", 'title: "Noon', "hazard", "the closer is inside the quotes",
               title="Noon"),
        valued("inside: unterminated single quote", "title: 'Noon", "hazard", "the closer is inside the quotes",
               title="Noon"),
    ]  # fmt: skip


def _empty() -> list[Case]:
    why = "a file in scope without a record"
    texts = {
        "empty file": "", "a newline": "\n", "spaces": "  \n \n", "an opener": "---\n", "an opener, no newline": "---",
        "an empty record": "---\n---\n", "an empty record, blank line": "---\n\n---\n",
        "an empty record, comment": "---\n# later\n---\n", "an empty map": "---\n{}\n---\n", "null": "---\n~\n---\n",
        "a list": "---\n- a\n- b\n---\n", "a text": "---\nnoon\n---\n", "a number": "---\n12\n---\n",
        "text only": "The ferry leaves at noon.\n", "an empty record, rule in body": "---\n---\nNoon\n\n---\nNight\n",
        "JSON": '{"title": "Noon", "category": "news"}\n', "JSON between": '---\n{"title": "Noon"\n---\n',
        "TOML": '+++\ntitle = "Noon"\n+++\n', "TOML between": '---\ntitle = "Noon"\n---\n',
        "a code fence": "```yaml\n" + RECORD + "```\n", "HTML": "<article>\n<h1>Noon</h1>\n</article>\n",
        "merge conflict": "---\n<<<<<<< HEAD\ntitle: Noon\n=======\ntitle: Night\n>>>>>>> x\n---\n",
    }  # fmt: skip
    return [whole(f"no record: {name}", text, "hazard", why) for name, text in texts.items()]


def _bytes() -> list[Case]:
    sound = _OPEN + RECORD + _CLOSE
    accent = sound.replace("Ferry to", "Fähre to")

    def titled(data: bytes) -> bytes:
        return sound.encode().replace(b"Ferry to", data + b" to")

    half = sound.replace("\n", "\r\n", 8)
    codes = {"UTF-16 little endian": b"\xff\xfe" + sound.encode("utf-16-le"),
             "UTF-16 big endian": b"\xfe\xff" + sound.encode("utf-16-be"),
             "UTF-16 without mark": sound.encode("utf-16-le"), "UTF-32": sound.encode("utf-32"),
             "Latin-1": accent.encode("latin-1"), "Windows quotes": titled(b"\x93Ferry\x94"),
             "CESU-8": titled(b"\xed\xa0\xbd\xed\xb8\x80"), "overlong": titled(b"\xc0\xafFerry"),
             "cut character": titled(b"Ferr\xc3"), "lone continuation": titled(b"Ferry\x80"),
             "invalid in the body": sound.encode() + b"At noon\xff\n",
             "invalid in a comment": sound.encode().replace(b"---\n", b"---\n# caf\xe9\n", 1)}  # fmt: skip
    cases = [whole(f"bytes: {name}", data, "hazard", "not UTF-8") for name, data in codes.items()]
    characters = {
        "NUL": "\0", "bell": "\a", "backspace": "\b", "vertical tab": "\v", "form feed": "\f", "escape": "\x1b",
        "DEL": "\x7f", "C1 U+0080": "\x80", "C1 U+009F": "\x9f", "U+FFFE": "\ufffe", "U+FFFF": "\uffff",
        "U+FDD0": "\ufdd0", "U+1FFFF": "\U0001ffff", "bidi override": "\u202e", "bidi isolate": "\u2066",
        "byte order mark": "\ufeff", "U+0085": "\x85", "U+2028": "\u2028", "U+2029": "\u2029", "lone CR": "\r",
    }  # fmt: skip
    for name, character in characters.items():
        why = "refused, dropped or taken for a line end by some"
        cases.append(valued(f"quoted title with {name}", f'title: "Ferry{character}boat"', "hazard", why, unknown=True))
        cases.append(valued(f"plain title with {name}", f"title: Ferry{character}boat", "hazard", why, unknown=True))
        if name not in ("bidi override", "bidi isolate", "U+FDD0", "U+1FFFF"):  # in a comment, harmless
            text = f"---\n# by{character}hand\n{RECORD}---\n"
            cases.append(whole(f"comment with {name}", text, "hazard", why, {}))
    return [
        *cases,
        whole("lines: all CR", sound.replace("\n", "\r"), "hazard", "one line for Ruby and Python", {}),
        whole("lines: CR CR LF", sound.replace("\n", "\r\r\n"), "hazard", "a lone CR is a line of its own", {}),
        whole("lines: a lone CR between fields", sound.replace("\ntype", "\rtype"), "hazard",
              "one line for some readers", {}),
        whole("lines: U+2028 between fields", sound.replace("\ntype", "\u2028type"), "hazard",
              "one line for some readers", {}),
        whole("lines: U+0085 between fields", sound.replace("\ntype", "\x85type"), "hazard",
              "one line for some readers", {}),
        whole("lines: LF and CRLF", half, "sound", "read alike by all", {}),
        whole("text: umlaut", accent, "sound", "UTF-8", {"title": "Fähre to the islands sails again"}),
        whole("text: body in another script", sound + "Το πλοίο φεύγει. 渡船\n", "sound", "UTF-8", {},
              "Το πλοίο φεύγει. 渡船"),
        valued("text: emoji", 'title: "Ferry ⛴️ sails 👩‍✈️"', "sound", "UTF-8", title="Ferry ⛴️ sails 👩‍✈️"),
        valued("text: plain emoji", "title: 🚢 sails", "sound", "UTF-8", title="🚢 sails"),
        valued("text: right to left", 'title: "العبارة تبحر من جديد"', "sound", "UTF-8", title="العبارة تبحر من جديد"),
        valued("text: plain Hebrew", "title: המעבורת שטה שוב", "sound", "UTF-8", title="המעבורת שטה שוב"),
        valued("text: combining", 'title: "Fa\u0308hre"', "sound", "UTF-8", title="Fa\u0308hre"),
        valued("text: Chinese quotes", "title: “渡船”：再次启航", "sound", "UTF-8", title="“渡船”：再次启航"),
        valued("text: beyond the first plane", 'title: "𝔉erry 𠜎"', "sound", "UTF-8", title="𝔉erry 𠜎"),
    ]  # fmt: skip


DELIMITERS = [*_openers(), *_closers(), *_inside(), *_empty(), *_bytes()]
