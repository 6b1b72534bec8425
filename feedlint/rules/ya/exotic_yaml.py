"""YA006 exotic-yaml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from feedlint.diagnostic import ERROR, WARNING, Diagnostic, Edit, Fix, Label
from feedlint.lazy import regex
from feedlint.record import show
from feedlint.repository import Repository
from feedlint.rule import FIELDS, SOUND, Example, at
from feedlint.rules.ya import brackets, glued, odd_keys, wrapped
from feedlint.rules.ya.culprit import cite
from feedlint.rules.ya.lost_text import lost
from feedlint.rules.ya.places import Property, gaps, properties
from feedlint.schema import Schema
from feedlint.source import Document, Node, Span, scalars
from feedlint.typed import Final

# What yaml 2, as vfile-matter and remark use it, allows of one anchor.
_MAX_ALIASES = 100
# Tags that every reader knows and gives the same meaning.
_SOUND_TAG = regex(r"!!(?:str|int|float|bool|null|map|seq)")
_QUESTION_MARK = regex(r"\?(?<![^\s,\[{]\?)")
_ESCAPE = regex(r"\\(?:(?P<slash>/)|(?P<octal>0[0-7]{1,2})|.)", re.DOTALL)
_INDENTED = "".join(f"  {line}\n" if line else "\n" for line in FIELDS.splitlines())


EXAMPLES: Final = [
    Example(bad='excerpt: "Trams 24\\/7"', fixed='excerpt: "Trams 24/7"'),
    Example(bad=f"---\n{_INDENTED}---\n", fixed=f"---\n{FIELDS}---\n", whole=True),
    Example(
        bad='---\ntitle: "Tram"\n2020: "Year"\n---\n',
        fixed='---\ntitle: "Tram"\n"2020": "Year"\n---\n',
        whole=True,
        path="_notes/a.md",
    ),
    Example(
        bad=SOUND.replace("morning, fewer", "morning,\nfewer"),
        fixed=SOUND.replace("morning, fewer", "morning,\n  fewer"),
        whole=True,
    ),
    Example(
        bad='excerpt: "More boats in the morning, \n  fewer at night."',
        fixed='excerpt: "More boats in the morning,\n  fewer at night."',
    ),
    Example(bad="topics: [Ferries?, Trams]", fixed='topics: ["Ferries?", Trams]'),
    Example(bad="topics: [Ferries, Trams]#2", fixed="topics: [Ferries, Trams] #2"),
    Example(bad='title: !!str "Tram"'),
    Example(bad="title: &name Tram\nexcerpt: *name"),
    Example(bad="provider:\n  ? name\n  : Example Times\n  domain: example.com"),
    Example(bad="excerpt: !<tag:example.com,2020:x> Trams"),
    Example(good='title: "Trams 24/7 & more! *"'),
]


def check(document: Document, repository: Repository) -> Iterator[Diagnostic]:
    r"""Front matter uses the plain part of YAML that every reader has.

    Found are tags, anchors, aliases and merge keys (`<<`), keys that are no text to some reader (`2020:`, `on:`,
    `null:`), keys with invisible characters, keys that are a list, a mapping or an alias, `? key`, the escape `\/`
    and octal ones in double quotes, and a record whose keys are all indented. So are, in quotes or brackets, a
    line that begins no further right than its key, or after a tab, and white space at the end of a line in quotes;
    between brackets bare values with a `?`, with a colon at their end, or that are a `-` alone; and a comment that
    touches what is before it.

    ## Why

    Hugo refuses `\/`; PyYAML and JavaScript refuse tags they do not know, and Jekyll those of Ruby; `<<` merges for
    some readers and is a field for others; python-frontmatter refuses a file with a key that is a number;
    front-matter deletes the indentation of the first key alone, and can then not read the rest. vfile-matter refuses
    lines that are not indented and `"Tram"#4`; gray-matter keeps spaces at the end of a line; `[Who?, b]` stops the
    build of Hugo, `[a::, b]` that of Jekyll.

    ## Fix safety

    Safe, and the data stays the same: `/` for `\/`; a record moved to the left margin as a whole; quotes around a
    key, which is a text in JSON in any case, so that it is the text that is seen in the file; quotes around a bare
    value between brackets; spaces at the beginning of a line in quotes or brackets, none at its end; a space before a
    comment. There is no fix for tags and aliases: they are to be replaced by what they stand for.

    ## Sources

    YAML 1.2.2 sections 5.7, 6.9, 7.1; YAML 1.1 (yaml.org/type/merge.html); go-yaml 2.4 `scannerc.go`, js-yaml 4.3,
    yaml 2.9 `maxAliasCount`, front-matter 4.0.2, Psych 4.0 `safe_load`.
    """
    if document.root is None:
        return
    yield from _indented(document, document.root)
    yield from _properties(document, repository.schema_of(document))
    yield from _aliases(document)
    yield from odd_keys.judge(document, repository)
    yield from _question_marks(document)
    yield from wrapped.judge(document)
    yield from brackets.judge(document)
    yield from glued.judge(document)
    front = document.slice(document.delimiters.front)
    for node in document.nodes if "\\/" in front or "\\0" in front else ():
        if node.style == scalars.DOUBLE and "\\" in (raw := document.slice(node.span)):
            yield from _escapes(node, raw)


def _properties(document: Document, schema: Schema | None) -> Iterator[Diagnostic]:
    found = properties(document)
    if not found:
        return
    told = {prop.span for prop in lost(document, schema)}
    used = {node.value for node in document.nodes if node.tag == "alias"}
    for prop in found:
        if prop.span in told or (prop.text[0] == "&" and prop.text[1:] in used and not _is_at_first_key(prop)):
            continue  # what an alias refers to is told there
        yield _property(prop)


def _property(prop: Property) -> Diagnostic:
    if _is_at_first_key(prop):
        message = (
            f"{cite(prop.text)} is before the first key of a mapping, where gray-matter refuses the file: delete it"
        )
        severity = ERROR
    elif prop.text[0] == "&":
        message, severity = f"the anchor {cite(prop.text)} has no alias that refers to it: delete it", WARNING
    elif _is_sound_tag(prop):
        message, severity = f"the tag {cite(prop.text)} is not needed: delete it, and quote what is a text", WARNING
    else:
        message, severity = f"the tag {cite(prop.text)} is one that some readers refuse the file for: delete it", ERROR
    return at(prop.node, message, span=prop.span, severity=severity)


def _is_at_first_key(prop: Property) -> bool:
    """Tell whether *prop* is where js-yaml 3 fails: before the first key of a mapping that is not in braces."""
    return prop.of_key and not prop.node.position and not prop.node.flow


def _is_sound_tag(prop: Property) -> bool:
    """Tell whether the tag is one of YAML's own that fits its value: `!!float 3` is a text to some reader."""
    if not _SOUND_TAG.fullmatch(prop.text):
        return False
    kind, node = prop.text[2:], prop.node
    if prop.of_key or kind in ("str", "map", "seq"):
        return True
    return node.style == scalars.PLAIN and scalars.resolve(node.value) == kind


def _aliases(document: Document) -> Iterator[Diagnostic]:
    aliases = [node for node in document.nodes if node.tag == "alias" and node.key != "<<"]  # that is told at the key
    count = Counter(node.value for node in aliases)
    for node in aliases:
        times = count.pop(node.value, 0)
        if not times:  # told at the first one
            continue
        more = f" (and {times - 1} more)" if times > 1 else ""
        labels = (Label(node.target.span, "which is this"),) if isinstance(node.target, Node) else ()
        reason = f", and vfile-matter refuses more than {_MAX_ALIASES}" if times > _MAX_ALIASES else ""
        message = f"{show(node.path)} is the alias {cite(f'*{node.value}')}{more}{reason}: write out what it stands for"
        yield at(node, message, severity=ERROR if reason else WARNING, labels=labels)


def _question_marks(document: Document) -> Iterator[Diagnostic]:
    if not _QUESTION_MARK.search(document.text, *document.delimiters.front):
        return
    for gap in gaps(document):
        place = gap.text.find("?")
        if gap.before_key and place >= 0:
            start = gap.start + place
            message = f'{show(gap.node.path)} is written with "?" before its key: write key: value on one line'
            # Between brackets "?a" is a key to some readers, a text to others.
            severity = WARNING if document.text[start + 1] in " \t\r\n" else ERROR
            yield at(gap.node, message, span=Span(start, start + 1), severity=severity)


def _escapes(node: Node, raw: str) -> Iterator[Diagnostic]:
    marks = list(_ESCAPE.finditer(raw))
    start = node.span.start
    slashes = [Span(start + mark.start(), start + mark.end()) for mark in marks if mark["slash"]]
    if slashes:
        fix = Fix("Write / for \\/", tuple(Edit(span, "/") for span in slashes))
        yield at(node, f"{show(node.path)} has the escape \\/, which Hugo refuses: write /", span=slashes[0], fix=fix)
    for mark in marks:
        if mark["octal"]:
            span = Span(start + mark.start(), start + mark.end())
            message = f"{show(node.path)} has {mark[0]}, which YAML reads as \\0 and {mark[0][2:]}, not as octal"
            yield at(node, f"{message}: write \\x and two hexadecimal digits", span=span, severity=WARNING)
            break


def _indented(document: Document, root: Node) -> Iterator[Diagnostic]:
    """Yield that the keys of the record are indented, all by the same."""
    first = root.children[0].key_span if root.children and root.style == "block" else None
    if first is None:
        return
    width = first.start - document.lines.start(first.start)
    lead = document.slice(Span(first.start - width, first.start))
    if not width or lead.strip(" ") or "\n" not in document.text[: first.start]:
        return
    start, end = document.delimiters.front
    edits: list[Edit] | None = []
    at_line = start
    while at_line < end:
        line_end = document.lines.end(at_line)
        line = document.text[at_line:line_end]
        if line.startswith(" " * width) and edits is not None:
            edits.append(Edit(Span(at_line, at_line + width), ""))
        elif line.strip(" ") and not line.lstrip(" ").startswith("#"):
            edits = None
        at_line = document.lines.next(at_line)
    yield Diagnostic(
        first,
        f"the fields of the record are indented by {width}, and a reader that trims the first cannot read the others"
        ": begin each at the left margin",
        Fix("Move the record to the left margin", tuple(edits)) if edits else None,
        data_path=root.children[0].path,
    )
