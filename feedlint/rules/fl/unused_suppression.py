"""FL001."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedlint.comments import Verdict, without
from feedlint.diagnostic import Diagnostic, Edit, Fix, Label
from feedlint.identity import digest_of
from feedlint.rule import FIELDS, SOUND, Example
from feedlint.typed import Final

_DAMAGED = 'title: "The mayorâ€™s plan for the ferry"'
_SOUND = 'title: "The mayor’s plan for the ferry"'
_FILE = "# feedlint: ignore-file[UR003]\n"
_LONGEST_NAME: Final = 40
_HOW: Final = (
    "write `# feedlint: ignore[CODE] why` behind the line or above it, or `# feedlint: ignore-file[CODE] why` on a "
    "line of its own"
)


EXAMPLES: Final = [
    Example(bad=f"{_SOUND}  # feedlint: ignore[TX001] on the wall in the picture", fixed=_SOUND),
    Example(
        bad=f"{_DAMAGED}  # feedlint: ignore[TX001, TX003] on the wall in the picture",
        fixed=f"{_DAMAGED}  # feedlint: ignore[TX001] on the wall in the picture",
    ),
    Example(
        bad="provider:\n  # feedlint: ignore[invalid-value]\n  name: Example Times\n  domain: example.com",
        fixed="provider:\n  name: Example Times\n  domain: example.com",
    ),
    Example(bad=f"---\n{_FILE}{FIELDS}---\n", fixed=SOUND, whole=True),
    Example(bad=f"{_DAMAGED}  # feedlint: ignore TX001", also=("TX001",)),
    Example(bad=f"{_DAMAGED}  # feedlint: ignore[TX01]", also=("TX001",)),
    Example(good=f"{_DAMAGED}  # feedlint: ignore[TX001] on the wall in the picture"),
    Example(good="excerpt: >-  # feedlint: ignore[mojibake]\n  The mayorâ€™s plan."),
    Example(
        good=f"---\n# feedlint: ignore-file[TX] a story about broken texts\n{FIELDS}---\n".replace("Ferry", "â€™"),
        whole=True,
    ),
]


def check(verdicts: Sequence[Verdict]) -> Iterator[Diagnostic]:
    """A comment that asks feedlint to ignore a finding is understood, and there is such a finding.

    A YAML comment in the front matter says which findings are to be left as they are, and why:

    ```yaml
    # feedlint: ignore-file[FM005] the text below is for the printed edition
    title: "The â€™ that was on the wall"  # feedlint: ignore[TX001] it is what the story is about
    # feedlint: ignore[UR003, placeholder-text] the publisher has no other
    webUrl: "http://www.example.com/lorem-ipsum"
    ```

    In brackets stand, with commas, codes (`TX001`), beginnings of codes (`TX`) or names (`mojibake`), as in `--select`;
    not `ALL`. What is behind the brackets is the reason. Such findings are counted, but neither shown nor repaired,
    and fail no run.

    `ignore` is for the findings that begin on its line; on a line of its own, for those on the next line that has more
    than a comment. Behind the first or the last line of a text that goes over several (`title: >`) it is for the whole
    text. Behind a key or a dash that a mapping or a list follows (`provider:`), or the last bracket of one, it is for
    what is found about that mapping or list itself, not for what is in it.

    `ignore-file` is for the whole file, and stands anywhere in the front matter on a line of its own. Findings that
    are shown at a `---`, as that of a missing field of the record, can be ignored in no other way.

    A `#` in a text is no comment. No comment is heeded in a file without a readable record, which never passes.

    Found are a comment in another form (`# feedlint: noqa`), a name of no rule, and one that stands for no finding, or
    for none that another comment does not stand for. A comment is judged only by what ran: none of the rules that it
    names, but those that are off by default, may have been left out; and for a rule about the whole feed (XR001) a
    folder with all of the feed must have been checked. What this rule finds only `ignore-file[FL001]` ignores.

    ## Why

    A comment that has no effect hides the next mistake on its line, or does not hide the one that it was written for.

    ## Fix safety

    Safe: the code, or the whole comment with its reason where no other code is left, is deleted with the white space
    before it, or its line. The data stays as it is. Not deleted are a comment that is not understood, a name that
    looks like that of a rule, and what only a run over the whole feed can tell.
    """
    for verdict in verdicts:
        comment, selectors = verdict.comment, verdict.selectors
        names = [_quote(selector.name) for selector in selectors]
        span, help_ = (selectors[0].span if len(selectors) < len(comment.selectors) else comment.span), ""
        if not selectors:
            message, span, help_ = f"this comment has no effect: {comment.problem}", comment.span, _HOW
        elif verdict.unknown:
            message, span = f"there is no rule {names[0]} to ignore", selectors[0].span
            help_ = f"did you mean {_quote(verdict.meant)}?" if verdict.meant else ""
        else:
            message = f"there is no finding of {' or '.join(names)} here to ignore"
            help_ = "" if verdict.certain else "delete it"
        yield Diagnostic(
            span,
            message,
            fix=_fix(verdict, names) if verdict.certain and selectors else None,
            labels=tuple(Label(selector.span, "nor of this") for selector in selectors[1:] if span != comment.span),
            data_path=comment.place,
            help=help_,
            digest=digest_of(*(selector.name for selector in selectors)) if selectors else digest_of(comment.text),
        )


def _fix(verdict: Verdict, names: Sequence[str]) -> Fix:
    comment, selectors = verdict.comment, verdict.selectors
    what = f"the comment on {' and '.join(names)}" if len(selectors) == len(comment.selectors) else " and ".join(names)
    return Fix(f"Delete {what}", tuple(Edit(span, "") for span in without(comment, selectors)))


def _quote(name: str) -> str:
    return f"`{name[:_LONGEST_NAME]}…`" if len(name) > _LONGEST_NAME else f"`{name}`"
