"""TX004."""

from __future__ import annotations

from collections.abc import Iterator

from feedlint.diagnostic import UNSAFE, Diagnostic
from feedlint.fragments import Fragment
from feedlint.record import Record, show
from feedlint.rule import Example
from feedlint.rules.tx.tags import find
from feedlint.rules.tx.texts import finding, mend, shown, texts, tidy
from feedlint.typed import Final

EXAMPLES: Final = [
    Example(
        bad='excerpt: "A <b>new</b> tram<br/>stops here."', fixed='excerpt: "A new tram stops here."', safety=UNSAFE
    ),
    Example(
        bad="excerpt: '<p>See <a href=\"https://www.example.com/\">the times</a>.</p>'",
        fixed="excerpt: 'See the times.'",
        safety=UNSAFE,
    ),
    Example(bad='excerpt: "A &lt;b&gt;new&lt;/b&gt; tram"', fixed='excerpt: "A new tram"', safety=UNSAFE),
    Example(bad='excerpt: "<!-- wp:paragraph -->A new tram"', fixed='excerpt: "A new tram"', safety=UNSAFE),
    Example(bad='excerpt: "<img src=tram.jpg>"'),
    Example(good='title: "Vector<int>, List<B> and <rumour>: if a <b and c> d, who <3 trams?"'),
    Example(good='title: "When to use <div> and <span> in HTML"'),
]


def check(record: Record) -> Iterator[Diagnostic]:
    """No text has HTML tags or comments: a feed's text is text, not markup.

    Only the elements of HTML are tags, also with their brackets escaped (`&lt;b&gt;`). Words between brackets, types
    (`Vector<int>`) and tags that a text is about are text.

    ## Why

    Apps that show text as text show readers `<b>new</b>`. Sites that do not escape it take it for their own markup,
    and a tag that is not closed, or a script, changes all of the page.

    ## Fix safety

    Unsafe: what looks like a tag may be the subject of the text. The tag is dropped; one that begins a line or shows a
    picture leaves a space; of `<script>` and `<style>` the content goes too. A text that is nothing but tags has no
    fix.

    ## Sources

    HTML, 4 (the elements) and 13.1.2 (how tags are written).
    """
    for node, text in texts(record):
        tags = find(text)
        if not tags:
            continue
        start, end, _ = tags[0]
        first = shown(text[start:end])
        many = f"{len(tags)} HTML tags: the first, {first}," if len(tags) > 1 else f"an HTML tag: {first}"
        fragments = tidy(text, [Fragment(*tag) for tag in tags])
        title = "Delete the HTML tag" if len(tags) == 1 else "Delete the HTML tags"
        fix = mend(record, node, text, fragments, title, UNSAFE)
        yield finding(
            record,
            node,
            [(start, end) for start, end, _ in tags],
            f"{show(node.path)} has {many} should not be there",
            fix=fix,
            help="" if fix else "write text, as the source has it",
        )
