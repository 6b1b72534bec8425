"""What a rule is: a code, a name, documentation, examples, and one function that finds a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache

from feedlint.brief import Brief
from feedlint.census import ANY, digest8
from feedlint.diagnostic import ERROR, Diagnostic, Place, Safety, Severity
from feedlint.disk import MAX_FILE_SIZE
from feedlint.lazy import module
from feedlint.typed import TYPE_CHECKING, Any, Final, Literal, NamedTuple
from feedlint.values import dataclass, field, replace

if TYPE_CHECKING:
    from feedlint.record import Record
    from feedlint.repository import Repository
    from feedlint.source import Document, Node, Span
    from feedlint.source.nodes import DataPath

Sees = Literal["size", "document", "record", "field", "feed", "comments"]


FIELDS: Final = """\
category: news
title: "Ferry timetable changes in spring"
excerpt: "More boats in the morning, fewer at night."
publishedDateTime: 2020-12-08T21:40:00Z
webUrl: "https://www.example.com/ferry-timetable"
type: article

provider:
  name: Example Times
  domain: example.com

topics:
  - Public Transport

secured: "q83vEjRWeJCrze8SNFZ4kA==;EjRWeJCrze8SNFZ4kKvN7w=="
"""
"""The fields of a sound record, for examples that are whole files."""
OPEN: Final = f"---\n{FIELDS}"
"""A record without its closing delimiter."""
CLOSED: Final = f"{FIELDS}---\n"
"""A record without its opening delimiter."""
SOUND: Final = f"---\n{CLOSED}"
"""A sound file."""


@dataclass(frozen=True)
class Example:
    """A text that shows a rule: ``bad`` and what its fix makes of it (``fixed``), or ``good``.

    A text that starts with a key is laid over a sound article (its top-level keys replace those of the article);
    with ``whole`` it is a whole file. ``safety`` is that of the fix. ``also`` names the rules that rightly find
    something in ``bad`` too. ``pictures`` are files of the repository with their width and height in pixels,
    ``files`` its other files with their text, and ``limit`` is how many bytes a record may have in it.
    """

    bad: str = ""
    fixed: str | None = None
    good: str = ""
    whole: bool = False
    safety: Safety = Safety.SAFE
    also: tuple[str, ...] = ()
    path: str = "_news/2020-12-08-4711.md"
    pictures: dict[str, tuple[int, int]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    limit: int = MAX_FILE_SIZE


class Fact(NamedTuple):
    """What a rule about the whole feed keeps of one record: facts with the same *key* are about the same thing.

    *value* is what they may differ in. The rest says where it is: *span* in the text of the file at *path*, and the
    same as *line* and *column*, counted from 1 in characters, for those who have no text.
    """

    key: str
    value: str
    path: str
    line: int
    column: int
    span: Span
    data_path: DataPath
    code: str = ""


Mention = tuple[int, str, "str | None"]
"""That a record has to do with a key: the position of the value that does, the key, and what is said of it.

None stands for the key that this value is behind.
"""


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue, as its family tells of it; see :func:`rule` for what each of this means.

    The rest is in a module of its own (TX001, mojibake: ``feedlint.rules.tx.mojibake``), loaded when it is asked for:
    most rules find nothing in most files. What a rule without ``fixes`` finds is not repaired.
    """

    code: str
    name: str
    severity: Severity
    sees: Sees
    default: bool = True
    mentions: Callable[[Brief], Iterator[Mention]] | None = None
    differ: Literal["file", "value"] = "file"
    fixes: bool = True
    around: bool = False
    clear: Callable[[Brief], bool] | None = None
    gate: Callable[[Brief], bool] | None = None

    @cached_property
    def _module(self) -> Any:
        return module(f"feedlint.rules.{self.family.lower()}.{self.name.replace('-', '_')}")

    @cached_property
    def check(self) -> Callable[..., Iterator[Diagnostic]]:
        """What finds the mistake."""
        found: Callable[..., Iterator[Diagnostic]] = self._module.check
        return found

    @property
    def examples(self) -> Sequence[Example]:
        """What shows the rule, and tests it."""
        found: Sequence[Example] = self._module.EXAMPLES
        return found

    @property
    def doc(self) -> str:
        """The documentation, in Markdown, its first line the summary; "" where Python keeps none (``-OO``)."""
        from inspect import getdoc

        return getdoc(self.check) or ""

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @property
    def summary(self) -> str:
        """The first line of the documentation; the name where Python was told to leave that out (``-OO``)."""
        return next(iter(self.doc.strip().splitlines()), self.name)

    @property
    def fixable(self) -> Literal["always", "sometimes", "never"]:
        """How often a finding has a fix, as the examples show it."""
        fixed = [example.fixed is not None for example in self.examples if example.bad]
        return "always" if all(fixed) else "sometimes" if any(fixed) else "never"

    def run(self, subject: Document | Record, repository: Repository) -> Iterator[Diagnostic]:
        """Yield what the rule finds in *subject*, stamped with its code and the file's path.

        A finding may be milder than its rule, never graver.
        """
        found = self.check(subject, repository) if self.sees in ("document", "size") else self.check(subject)
        for diagnostic in found:
            yield self.stamped(diagnostic, subject.path)

    def is_clear(self, record: Record) -> bool:
        """Tell whether it is known at a glance that the rule finds nothing in *record*."""
        return self.clear is not None and record.brief.outline.is_plain and self.clear(record.brief)

    def gather(self, record: Record) -> Iterator[Fact]:
        """Yield what the rule has to know of *record*, to tell of the whole feed."""
        document = record.document
        for at, key, value in self.mentions(record.brief) if self.mentions is not None else ():
            _, node = record.leaves[at]
            line, column = document.lines.position(node.span.start)
            said = str(node.key) if value is None else value
            yield Fact(key, said, document.path, line, column, node.span, node.path, self.code)

    def marks(self, record: Brief) -> bytes:
        """Return what is kept of *record*, to tell whether the rule has to know more of it: see :mod:`feedlint.census`.

        That is a mark for each mention: 8 bytes for its key, and 8 for what two of a key differ in.
        """
        if self.mentions is None:
            return b""
        return b"".join([self.mark(key, value or "") for _, key, value in self.mentions(record)])

    def mark(self, key: str, value: str) -> bytes:
        """Return the mark of a mention of *key* that says *value*."""
        if self.differ == "value":
            return _known_mark(f"{self.code} {key}", value)
        return digest8(f"{self.code} {key}") + ANY

    def conclude(self, facts: Sequence[Fact]) -> Iterator[Diagnostic]:
        """Yield what the rule finds in the *facts* that it gathered, those of a file in the order of the file."""
        for diagnostic in self.check(facts):
            yield self.stamped(diagnostic, diagnostic.path)

    def stamped(self, diagnostic: Diagnostic, path: str) -> Diagnostic:
        """Return *diagnostic*, which the rule found in the file at *path*, with its code and severity."""
        severity = max(self.severity, diagnostic.severity, key=lambda each: each.rank)
        fix = diagnostic.fix if self.fixes else None
        return replace(diagnostic, code=self.code, path=path, severity=severity, fix=fix)


@lru_cache(maxsize=4096)  # what there are several values of is the same in many records
def _known_mark(key: str, value: str) -> bytes:
    return digest8(key) + digest8(value)


def rule(
    code: str,
    name: str,
    *,
    severity: Severity = ERROR,
    sees: Sees = "record",
    default: bool = True,
    around: bool = False,
    mentions: Callable[[Brief], Iterator[Mention]] | None = None,
    differ: Literal["file", "value"] = "file",
    clear: Callable[[Brief], bool] | None = None,
    gate: Callable[[Brief], bool] | None = None,
) -> Rule:
    """Return the rule with *code* and *name*, to be listed by its family.

    Its module, named as it is, has the function ``check``, whose docstring is the documentation, and ``EXAMPLES``.

    With ``sees="record"`` it is called with each :class:`~feedlint.record.Record` of a readable document. So it is with
    ``sees="field"``, and where the document does not parse with what can be read of it line by line: it looks at each
    field by itself. With ``sees="document"`` it is called once, with the :class:`~feedlint.source.Document` and the
    :class:`~feedlint.repository.Repository`, whether the document is readable or not; with ``sees="size"`` so, but
    only for a file that is too large to be read; with ``sees="comments"`` once the other rules have run, with each
    :class:`~feedlint.comments.Verdict` on the comments that mute findings.

    With ``sees="feed"`` it is called at the end of a run, with facts: what *mentions* gave of the records that mention
    the same as another one does, and *differ* in what they say of it, or only in their files.

    A rule that is not *default* runs only where it is selected. One that asks the repository for its topics, its
    pictures or its address says that it looks *around*: it finds something in a record for what other files say. One
    that nearly always finds nothing may say by *clear* how that is known of a record in no time: of one that it is true
    of, the check would yield nothing. With ``sees="document"`` it is asked of a record with the layout of a file that
    nothing was found in, and may rest on that; a rule that does not say is taken to find the same in both. *gate* is
    one question for several rules: where it is true of a record, so is *clear*, which need not be asked.
    """
    return Rule(code, name, severity, sees, default, mentions, differ, around=around, clear=clear, gate=gate)


def at(node: Node, message: str, *, span: Span | None = None, severity: Severity = ERROR, **more: Any) -> Diagnostic:
    """Return a finding about *node*: at its value, or at *span*."""
    return Diagnostic(span or node.span, message, data_path=node.path, severity=severity, **more)


def at_fact(here: Fact, others: Sequence[tuple[Fact, str]], message: str, **more: Any) -> Diagnostic:
    """Return a finding about *here*, each of *others* (in other files) shown with its words."""
    places = tuple(Place(other.path, other.line, other.column, words) for other, words in others)
    from feedlint.identity import digest_of

    digest = digest_of(here.key, here.value)
    return Diagnostic(
        here.span, message, data_path=here.data_path, path=here.path, elsewhere=places, digest=digest, **more
    )
