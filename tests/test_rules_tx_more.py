"""TX002, TX004, TX005, TX008, TX009: what each finds and leaves alone, and that every repair comes to an end."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedlint.diagnostic import ERROR, INFO, SAFE, UNSAFE, WARNING, Diagnostic, Safety
from feedlint.fixing import repair
from feedlint.linting import lint
from feedlint.repository import Repository
from feedlint.rules.tx import RULES
from feedlint.rules.tx.fillers import kind_of
from feedlint.source import Document, scalars
from tests.strategies import Writer, record
from tests.support import fixed, overlay, read

OWN = ("TX002", "TX004", "TX005", "TX008", "TX009")


def found_in(text: str, field: str = "title") -> list[Diagnostic]:
    return lint(read(overlay(f"{field}: {scalars.render(text, scalars.DOUBLE)}")), RULES, Repository(None))


def only(text: str, field: str = "title") -> Diagnostic:
    found = found_in(text, field)
    assert [diagnostic.message for diagnostic in found] == [found[0].message]
    return found[0]


def repaired(text: str, field: str = "title") -> str:
    file = overlay(f"{field}: {scalars.render(text, scalars.DOUBLE)}")
    fix = only(text, field).fix
    assert fix is not None
    return str(read(fixed(file, fix)).data[field])


# --- tags -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The tram<br>stops <br /> here", "The tram stops here"),
        ("<p>The tram</p><p>stops here</p>", "The tram stops here"),
        ("<P CLASS=x>The tram", "The tram"),
        ("<i>Titanic</i> sinks again", "Titanic sinks again"),
        ("A <a href='x' title='a > b'>new</a> tram", "A new tram"),
        ("A <a href=https://www.example.com/?a=1&amp;b=2>new</a> tram", "A new tram"),
        ("A &amp;lt;b&amp;gt;new&amp;lt;/b&amp;gt; tram", "A new tram"),
        ("\\u003cp\\u003eThe tram\\u003c/p\\u003e", "The tram"),
        ("The <script>var a = '<b>';</script> tram", "The tram"),
        ("The <!-- <b>new</b> --> tram", "The tram"),
        ("<![CDATA[The tram]]>", "The tram"),
        ('The vote ends <a href="https://www.exa…', "The vote ends …"),
        ("The <strong>vote ends</stro", "The vote ends"),
        ("The tram <img src='tram.jpg' alt='A tram'/>stops", "The tram stops"),
        ("<p>Learn HTML with us.</p>", "Learn HTML with us."),
        ("<o:p></o:p>The tram", "The tram"),
    ],
)
def test_tags_go(text: str, left: str) -> None:
    assert (only(text).code, repaired(text)) == ("TX004", left)
    fix = only(text).fix
    assert fix is not None
    assert fix.safety is UNSAFE


def test_a_text_of_tags_alone_has_no_fix() -> None:
    assert (only("<img src=a.png>").code, only("<img src=a.png>").fix) == ("TX004", None)


# --- escape sequences -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left", "safety"),
    [
        ("The tram\\u2019s line", "The tram’s line", SAFE),
        ("The tram\\\\u2019s line", "The tram’s line", SAFE),
        ("The \\ud83d\\ude8b and \\u{1F68B} and \\U0001F68B", "The 🚋 and 🚋 and 🚋", SAFE),
        ("A caf\\xe9 and a caf\\xc3\\xa9", "A café and a café", SAFE),
        ("The tram\\x92s line", "The tram’s line", UNSAFE),
        ("The tram\\u00a0line", "The tram line", SAFE),
        ("The har\\u00adbour", "The harbour", UNSAFE),
        ("Fish \\u0026 chips", "Fish & chips", UNSAFE),
        ("Unicode: the tram\\u2019s line", "Unicode: the tram’s line", UNSAFE),
        ("It\\'s the tram", "It's the tram", SAFE),
        ("O\\'Brien and l\\'eau", "O'Brien and l'eau", SAFE),
        ('A \\"new\\" tram', 'A "new" tram', SAFE),
        ("The tram.\\r\\n\\r\\nIt stops", "The tram. It stops", SAFE),
        ("The tram.\\nIt stops", "The tram. It stops", UNSAFE),
        ("=?utf-8?Q?Caf=C3=A9_by?= =?utf-8?B?IHRoZSBxdWF5?= opens", "Café by the quay opens", SAFE),
        ("=?iso-8859-1?q?caf=E9?= opens", "café opens", SAFE),
        ("Harbour%20council%3A%20the%20vote", "Harbour council: the vote", UNSAFE),
        ("Don%27t miss it", "Don't miss it", UNSAFE),
        ("A caf%C3%A9 and more", "A café and more", UNSAFE),
        ("The tram=E2=80=99s line", "The tram’s line", UNSAFE),
    ],
)
def test_escapes_are_read(text: str, left: str, safety: Safety) -> None:
    assert (only(text).code, repaired(text)) == ("TX005", left)
    fix = only(text).fix
    assert fix is not None
    assert fix.safety is safety


@pytest.mark.parametrize(
    "text", ["The \\ud83d tram", "The \\U00110000 tram", "The \\u0007 tram", "The =?utf-8?Q?caf=C3", "A \\ufffd tram"]
)
def test_what_stands_for_no_character_has_no_fix(text: str) -> None:
    assert (only(text).code, only(text).fix) == ("TX005", None)


# --- lost characters --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("The tram\ufffds line", WARNING),
        ("A \ufffd\ufffd tram", WARNING),
        ("don?t miss it", WARNING),
        ("<b>DON?T</b> &#8217;miss\u2019 it", WARNING),
        ("The ?new? tram", WARNING),
        ("?Que pasa?", WARNING),
        ("O?Brien l?été", WARNING),
        ("A na?ve plan", INFO),
        ("Power  to the tram", WARNING),
        ("Power:  the tram", INFO),
    ],
)
def test_lost_characters(text: str, severity: object) -> None:
    found = [diagnostic for diagnostic in found_in(text) if diagnostic.code == "TX002"]
    assert [diagnostic.severity for diagnostic in found] == [severity]
    assert found[0].fix is None


@pytest.mark.parametrize(
    ("title", "url", "fixed_title"),
    [
        ("Don?t miss the tram", "https://www.example.com/2021/dont-miss-the-tram", "Don’t miss the tram"),
        ("Don\ufffdt miss the tram", "https://www.example.com/dont-miss-the-tram.html?a=1", "Don’t miss the tram"),
        ("The drivers\ufffd vote", "https://www.example.com/the-drivers-vote/", "The drivers’ vote"),
        ("The caf\ufffd vote", "https://www.example.com/the-cafe-vote", None),
        ("Vote \ufffd tram", "https://www.example.com/vote-tram", None),
        ("Don?t miss it", "https://www.example.com/12345", None),
        ("Don?t miss the ?new? tram", "https://www.example.com/dont-miss-the-new-tram", None),
    ],
)
def test_an_apostrophe_is_put_back_where_the_address_confirms_it(title: str, url: str, fixed_title: str | None) -> None:
    file = overlay(f'title: "{title}"\nwebUrl: "{url}"')
    (found,) = (diagnostic for diagnostic in lint(read(file), RULES, Repository(None)) if diagnostic.code == "TX002")
    if fixed_title is None:
        assert found.fix is None
    else:
        assert found.fix is not None
        assert found.fix.safety is UNSAFE
        assert read(fixed(file, found.fix)).data["title"] == fixed_title


def test_damage_in_a_text_about_damage_may_be_its_subject() -> None:
    assert only("The harbourâ€™s new tram").severity is ERROR
    assert only("What does â€™ mean? UTF-8 explained").severity is WARNING
    assert only("The tram &amp; the harbour").severity is WARNING
    assert only("What &amp; means in HTML").severity is INFO


def test_an_ampersand_that_is_escaped_beside_one_that_is_not_may_be_meant() -> None:
    for text, safety in (
        ("Why does my page show &amp; instead of &?", UNSAFE),
        ("Fish &amp; chips at R&D", UNSAFE),
        ("Fish &amp; chips &ndash; &lt;3 &amp;hellip;", SAFE),
        ("AT&T&#8217;s tram", SAFE),
    ):
        fix = only(text).fix
        assert fix is not None
        assert fix.safety is safety


# --- placeholders -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Placeholder.", "NA", "n/a", "[object Object]", "{{ title }}", "${title}", "TODO: write this", "null", "-", "…",
        "Lorem ipsum dolor sit amet", "https://www.example.com/tram", "403 Forbidden", "Error 404", "404 | Times",
        "Access Denied - Example Times", "Just a moment...", "Attention Required! | Cloudflare", "Page not found",
        "Are you a robot?", "Subscribe to read | Example Post", "Become an FT subscriber to read: A tram",
        "Please enable JS and disable any ad blocker", "ERROR: The request could not be satisfied", "&nbsp;N/A",
        "<p>Placeholder</p>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["title", "excerpt"])
def test_placeholders(text: str, field: str) -> None:
    found = [diagnostic for diagnostic in found_in(text, field) if diagnostic.code == "TX008"]
    assert [(diagnostic.severity, diagnostic.fix) for diagnostic in found] == [(WARNING, None)]


def test_an_idle_excerpt() -> None:
    assert only("Trams!", "excerpt").severity is INFO
    assert only("Harbour council approves  the new tram line.".replace("  ", " "), "excerpt").severity is WARNING
    assert only("HARBOUR COUNCIL approves the new tram line", "excerpt").severity is INFO
    assert found_in("東京の新しい路面電車が月曜に開業", "excerpt") == []


def test_related_stories_are_looked_at_and_names_are_not() -> None:
    file = overlay(
        'provider:\n  name: NA\n  domain: example.com\nrelated:\n  - title: "404 Not Found"\n    type: article\n'
    )
    found = [d for d in lint(read(file), RULES, Repository(None)) if d.code == "TX008"]
    assert [d.data_path for d in found] == [("related", 0, "title")]


# --- what is sound ----------------------------------------------------------------------------------------------

CLEAN = (
    "std::vector<int> and Map<String, List<Object>> in C++", "List<Data>, Vec<u8>, Box<Link> and Option<A>",
    "if a <b and c> d then x<y>z", "Who <3 the tram?", "<rumour> or not", "Use <source> and <object> to copy",
    "When to use <div> or <span>", "The <b> tag in HTML", "<br> vs <p>: markup explained", "React's <Button/>",
    "How <dialog> and <details> work", "x <- 5 and a <= b => c", "<user@example.com> wrote", "<https://example.com>",
    "C:\\users\\new\\test and D:\\xampp\\readme", "\\\\server\\share\\new", "\\nu, \\nabla, \\xi and \\rho in LaTeX",
    "Schr\\\"odinger and caf\\'e in LaTeX", "[\\u4e00-\\u9fff] matches Han", "What \\n means in C", 'print("a\\n")',
    "What does \\u0041 mean in JavaScript?", "\\d+\\s*\\w: a regex", "sed 's/\\n/,/' explained", "and\\or, AC\\DC",
    "¯\\_(ツ)_/¯", "20%20 years", "10%20%30% of it", "100% of 5%DCs", "50%20off", "E=MC2 and a=b, x=10",
    "https://www.example.com/caf%C3%A9?q=%20&x=1 is it", "watch?v=%20a is it", "rate=20=30 is it", "=? and ?= is it",
    "bug?Yes", "what?! Really?", "Q?A and R?D", "Is it ? Yes", "C'est qui ? Moi", "Who (me?) says?", "a?b:c is ternary",
    "https://www.example.com/a?line=4 is it", "int? and String? in C#", "file?.txt and *.md", "colou?r is a regex",
    "Ready?Set?Go", "Access denied: a novel", "403 Forbidden: how a code became a film", "404 trams", "Null island",
    "TBD: the tram of 2030",
    "Lorem ipsum: where it comes from", "To do: lists that work", "Title fight at the harbour", "N/A is no answer",
    "Just a moment in time", "Page not found: a story of the web", "P(A|B) = P(B|A)·P(A)/P(B)", "f(x) = x² − 2x + 1",
    "x > 0 && y < 1 || z", "git rebase --onto <newbase> <upstream>", "A/B tests & #1 hits @home", "0x1F and \\0",
    "C++20’s <=> operator", "Ångström, naïve café, Zürich", "$HOME/bin and ~/.config", "foo(bar)[0]->baz::qux<T>()",
)  # fmt: skip


@pytest.mark.parametrize("text", CLEAN)
@pytest.mark.parametrize("field", ["title", "excerpt"])
def test_sound_text_has_no_finding(field: str, text: str) -> None:
    assert [(diagnostic.code, diagnostic.message) for diagnostic in found_in(text, field)] == []


def test_sound_texts_put_together_have_no_finding() -> None:
    random = Random(7)
    subjects = ["Harbour council", "The tram", "Why C++", "Part 2", "Zürich", "Rust 1.70", "“New” ferry", "Who", "5 °C"]
    middles = ["opens", "of 3 < 4", "& more", "vs. <T>", "at 50%", "= 2^8", "(again?)", "a\\b", "– now", "x?", "#1:"]
    ends = ["in 2021", "for Vec<u8>", "at C:\\new", "of 100%?", "/ 24/7", "with a=1", "for AT&T…", "it's", "\\o/", "<3"]
    for _ in range(600):
        text = " ".join(random.choice(part) for part in (subjects, middles, middles, ends))
        assert [(d.message, text) for d in found_in(text, random.choice(["title", "excerpt"]))] == []


# --- every repair comes to an end, and leaves nothing to repair ----------------------------------------------

PIECES = [
    "tram", "Harbour", "ferry.", "Don", "t", "s", "e", " ", " ", " ", "  ", "\n", "<b>", "</b>", "<p>", "<br/>", "</p>",
    "<a href='x'>", "</a>", "&lt;b&gt;", "&lt;/b&gt;", "\\u003cb\\u003e", "<!--", "-->", "<script>", "<", ">",
    "\\u2019", "\\xe9", "\\xc3\\xa9", "\\u00a0", "\\u200b", "\\ud83d", "\\n", "\\r\\n", "\\'", '\\"', "\\", "%20",
    "%C3%A9", "=C3=A9",
    "=?utf-8?Q?Caf=C3=A9?=", "=?utf-8?B?w6k=?=", "\u0301", "\u212b", "\ufffd", "?", "don?t", "&nbsp;",
    "\u1100\u1161", "日本", "…", "'", '"', ": ", " #",
]  # fmt: skip


def settled(document: Document, *, unsafe: bool) -> Document:
    def check(current: Document) -> list[Diagnostic]:
        return lint(current, RULES, Repository(None))

    result = repair(document, check, check, unsafe=unsafe)
    left = [d for d in check(result.document) if d.fix is not None and (unsafe or d.fix.safety is SAFE)]
    refused = {code for code, _, _ in result.refused}
    assert [(d.code, d.message) for d in left if d.code in OWN and d.code not in refused] == []
    return result.document


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    field=st.sampled_from(["title", "excerpt"]),
    style=st.sampled_from([scalars.PLAIN, scalars.SINGLE, scalars.DOUBLE]),
    unsafe=st.booleans(),
)
def test_repair_comes_to_an_end(text: str, field: str, style: str, unsafe: bool) -> None:
    document = read(overlay(f"{field}: {scalars.render(text, style)}"))
    assert document.root is not None
    result = settled(document, unsafe=unsafe)
    assert {**document.data, field: ""} == {**result.data, field: ""}
    assert settled(result, unsafe=unsafe).text == result.text


@settings(max_examples=60, deadline=None, derandomize=True)
@given(random=st.randoms(use_true_random=False), pieces=st.lists(st.sampled_from(PIECES), min_size=2, max_size=6))
def test_repair_in_any_layout(random: Random, pieces: list[str]) -> None:
    data = record(random)
    data["title"] = f"The {''.join(pieces)} tram"
    document = read(Writer(random, 0.2).file(data))
    if document.root is not None:
        result = settled(document, unsafe=True)
        assert settled(result, unsafe=True).text == result.text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.text(st.sampled_from("<>/abp =?%&;#\\unx'\"!-[]CDATA0129éE\u0301\ufffd.: "), max_size=30))
def test_no_text_makes_a_rule_fail(text: str) -> None:
    for diagnostic in found_in(text, "excerpt"):
        assert diagnostic.span.start < diagnostic.span.end
        assert diagnostic.message.isprintable()


@pytest.mark.parametrize(
    "unit",
    ["<", "<a ", '<a "', "<!--", "<script>", "<p>", "&lt;b&gt;", "<![CDATA[", "\\", "\\u2019", "\\n ", '\\"a\\" ', "=?",
     "=?utf-8?Q?a?= ", "%20", "a%C3%A9 ", "=C3=A9", "?a ", "don?t ", "?", "\ufffd ", "e\u0301", "a  ", "{{", "- "],
)  # fmt: skip
def test_long_texts_take_time_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        document = read(overlay(f"title: {scalars.render(unit * (size // len(unit)) + 'x', scalars.DOUBLE)}"))
        started = time.perf_counter()
        lint(document, RULES, Repository(None))
        return time.perf_counter() - started

    seconds(1000)
    assert seconds(40_000) < 40 * seconds(4_000) + 1


@pytest.mark.parametrize("text", ["\ud800", "", " ", "null", "x" * 50_000])
def test_odd_values(text: str) -> None:
    assert kind_of(text, "") in (None, "filler")
