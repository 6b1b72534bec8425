"""What strangers write, shown by every format and command: as text, never as an order to a terminal or a CI system.

Files, fields, keys, configurations, schemas,
topics and arguments are made of what such a system obeys. What comes out
is read as the runner of GitHub Actions does (lines end at CR, LF or both; the space before ``::`` does not count; the
older ``##[`` is seen anywhere in a line), and by the parser of its format.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from feedlint.cli import main
from feedlint.formats import FORMATS
from tests.git_support import commit, isolate, new
from tests.support import ARTICLE, put

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names that Windows has not")

PIECES: Final = (
    "::error::x", " ::add-mask::x", "::stop-commands::t", "%0A::set-output name=a::b", "::", "##[error]x",
    "##[group]",
    "##vso[task.complete]", "##teamcity[x]", "#", "[", "\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c",
    "\x1b[31m", "\x1b]8;;http://x.example\x1b\\", "\x1b[2J", "\x9b2J", "\x07", "\x08", "\x7f", "\t", "\u202e",
    "\u2066",
    "\u200e", "\u061c", "\u200b", "\ufeff", "\u3000", "\xa0", "<script>", "<!--", "]]>", "&amp;", "`", "```",
    "|", "![a](b)",
    "[a](http://x.example)", "@team", '"', "'", "\\", "{0}", "%s", "%0D", "$(x)", "${{ x }}", "é", "東", "🚋",
    "â€™", "x",
    " ", "-",
)  # fmt: skip
TEXTS: Final = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
NAMES: Final = st.lists(st.sampled_from((*PIECES, "\udcff")), min_size=1, max_size=4).map("".join)
_COMMAND: Final = re.compile(r"::(error|warning|notice) (\w+=[^:,\r\n]*)(,\w+=[^:,\r\n]*)*::[^\r\n]*")
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def said(argv: Sequence[str]) -> tuple[str, str]:
    """Return what ``feedlint argv`` writes to standard output and to standard error, where no byte of it is lost."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(each, "utf-8", "strict", newline="\n") for each in (out, err)]
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        try:
            status: object = main(argv)
        except SystemExit as stop:
            status = stop.code
        for stream in streams:
            stream.flush()
    assert status in (0, 1, 2), argv
    return out.getvalue().decode(), err.getvalue().decode()


def check(text: str, *, commands: bool = False, tabs: bool = False) -> None:
    """Fail where *text* holds an order; *commands* are those of GitHub that the format is made of."""
    steering = {char for char in text if unicodedata.category(char) in _UNSEEN} - {"\n", *("\t" if tabs else "")}
    assert not steering, repr(text)
    for line in re.split("\r\n|[\r\n]", text):
        assert not re.search(r"##\w*\[", line), repr(line)
        if line.lstrip().startswith("::"):
            assert commands, repr(line)
            assert _COMMAND.fullmatch(line), repr(line)


def parse(name: str, text: str) -> None:
    """Read *text* with the parser of the format *name*. Raises, or fails, where it holds what it should not."""
    if name in ("json", "gitlab", "sarif"):
        json.loads(text)
        assert text.isascii()
    elif name == "jsonl":
        assert [json.loads(line)["type"] for line in text.splitlines()][-1] == "summary"
    elif name == "junit":
        assert ElementTree.fromstring(text).tag == "testsuites"
    elif name == "markdown":
        for token in MarkdownIt("gfm-like").parse(text):
            kinds = {token.type, *(child.type for child in token.children or ())}
            assert not kinds & {"html_block", "html_inline", "link_open", "image", "fence", "code_block"}, text


def is_name(text: str) -> bool:
    """Tell whether a file can be called *text*."""
    return "\0" not in text and "/" not in text and len(os.fsencode(text)) < 200


def toml(text: str) -> str:
    """Return *text* as a string of TOML."""
    return re.sub("[\x7f-\uffff]", lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    isolate(monkeypatch)
    for name in [name for name in os.environ if name.startswith(("GITHUB_", "FORCE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "argv", ["feedlint"])
    feed = new(tmp_path / "feed")
    put(feed, ARTICLE)
    commit(feed)
    monkeypatch.chdir(feed)
    return feed


def emptied(feed: Path) -> None:
    for path in sorted(feed.rglob("*"), reverse=True):
        if ".git" not in path.relative_to(feed).parts:
            path.rmdir() if path.is_dir() else path.unlink()


@settings(max_examples=settings().max_examples // 10, phases=[Phase.generate])
@given(name=NAMES.filter(is_name), folder=NAMES.filter(is_name), value=TEXTS, key=TEXTS)
def test_what_is_in_a_feed_is_shown_and_not_obeyed(feed: Path, name: str, folder: str, value: str, key: str) -> None:
    emptied(feed)
    odd = f"{json.dumps(key)}: {json.dumps(value)}\n"
    text = ARTICLE.replace("type: article\n", f"type: article\n{odd}{odd}").replace(
        "Public Transport", json.dumps(value)
    )
    raw = ARTICLE.replace("Harbour", f"{value} â€™ Harbour").replace("category: news", f"category: {value}")
    for where in (f"_news/{name}.md", f"{folder}/_news/a.md", f"{name}.md"):
        put(feed, text, where)
    put(feed, raw, "_news/raw.md")
    put(feed, f"{value}\n{ARTICLE}", "_news/before.md")
    put(feed, f"name: {json.dumps(key)}\n", f"_data/topics/{name}.yml")
    for each in FORMATS:
        out, err = said([".", "--output-format", each])
        check(out, commands=each == "github")
        check(err)
        parse(each, out)
    for argv in (
        [".", "--show-files"], [".", "--statistics"], [".", "--color=always"], [".", "--since", "HEAD"],
        [".", "--since", "HEAD", "--output-format", "github", "--new-only"], ["init", "--dry-run", "--from", value],
        ["config", f"{name}.md"], ["config", f"{folder}/_news", "--output-format", "json"], ["init", folder,
        "--dry-run"],
        [f"_news/{name}.md", "--fix", "--output-format", "concise"],
    ):  # fmt: skip
        for stream in said(argv):
            check(
                re.sub(r"\x1b\[[0-9;]+m", "", stream) if "--color=always" in argv else stream, commands="github" in argv
            )


@settings(max_examples=settings().max_examples // 10, phases=[Phase.generate])
@given(name=NAMES.filter(is_name), value=TEXTS)
def test_a_diff_is_shown_and_not_obeyed(feed: Path, name: str, value: str) -> None:
    emptied(feed)
    put(feed, ARTICLE.replace("Harbour", f"Harbourâ€™s {value} "), f"{name}/_news/a.md")
    put(feed, ARTICLE.replace("published: true", f"published: true\n{value}\n ::error::x"), "_news/b.md")
    for argv in ([".", "--diff"], [".", "--diff", "--unsafe-fixes", "--select", "FM,YA,TX"]):
        out, err = said(argv)
        # What does not steer stays as it is, so that the diff can be applied.
        check(re.sub("[\u200b\u200e\u061c\ufeff]|\r(?=\n)", "", out), tabs=True)
        check(err)


@settings(max_examples=settings().max_examples // 10, phases=[Phase.generate])
@given(name=NAMES.filter(is_name), value=TEXTS)
def test_what_is_wrong_with_a_configuration_is_shown_and_not_obeyed(feed: Path, name: str, value: str) -> None:
    emptied(feed)
    put(feed, ARTICLE, "_news/a.md")
    shown = toml(value)
    schema = {"x-feedlint-role": "record", "x-feedlint-collections": ["_news"], "title": value}
    placed = f"{name}.schema.json"
    put(feed, json.dumps(schema), placed)
    sayings = [
        f"{shown} = 1", f"select = [{shown}]", f"ignore = {shown}", f"severity = {{{shown} = {shown}}}", shown,
        f"baseline = {shown}", f"schemas = [{shown}]", f"site-url = {shown}", f"taxonomy = [{shown}]",
        f"include = [{shown}]",
        f"fail-on = {shown}", f"collections = {{{shown} = {shown}}}",
        f"per-file-ignores = {{{shown} = [{shown}]}}", value,
    ]  # fmt: skip
    if "\udcff" not in name:
        sayings.append(f"schemas = [{toml(placed)}]")
    for saying in sayings:
        (feed / "feedlint.toml").write_text(saying, encoding="utf-8", errors="surrogateescape", newline="")
        for argv in (["."], ["config", "_news/a.md"], ["config", "--output-format", "json"]):
            for stream in said(argv):
                check(stream)
    (feed / "feedlint.toml").rename(feed / f"{name}.toml")
    for broken in ({**schema, "x-feedlint-role": value}, {**schema, "$ref": value}, {**schema, "type": value}, value):
        put(feed, json.dumps(broken), placed)
        for argv in ([".", "--schema", placed], [".", "--config", f"{name}.toml"], [".", "--baseline", placed]):
            for stream in said(argv):
                check(stream)


@settings(max_examples=settings().max_examples // 10, phases=[Phase.generate])
@given(text=NAMES)
def test_what_a_shell_puts_into_a_command_is_shown_and_not_obeyed(feed: Path, text: str) -> None:
    put(feed, ARTICLE, "_news/a.md")
    for argv in (
        [text], [f"--{text}"], [f"-{text}"], [f"--output-format={text}"], ["--output-format",
        f"json={text}/x"], ["--select", text],
        ["--today", text], ["--color", text], ["--fail-on", text], ["--config", text], ["--schema", text],
        ["--baseline", text],
        ["--since", text], ["--stdin-filename", text], ["--output-file", f"{text}/x"], ["--quiet", text,
        "--staged"], ["_news", text],
        ["rule", text], ["rule", f"--{text}"], ["schema", text], ["schema", text, text], ["config", text],
        ["config", f"--{text}"],
        ["init", text], ["init", "--ci", text], ["init", "x", text], ["completion", text], ["completion",
        f"--{text}"],
    ):  # fmt: skip
        if "-" not in argv:
            for stream in said(argv):
                check(stream)


@pytest.mark.parametrize(
    "text",
    [
        "::error::x",
        " ::x",
        "a\r::error::x",
        "##[x]",
        "a ##vso[x]",
        "\x1b[0m",
        "a\u202e",
        "a\u2028",
        "\x85",
        "\x7f",
        "\0",
    ],
)
def test_an_order_is_seen(text: str) -> None:
    with pytest.raises(AssertionError):
        check(text)


def test_a_name_that_begins_a_line_is_no_command(feed: Path) -> None:
    put(feed, ARTICLE, "::error::x/_news/a.md")
    put(feed, "url: https://a.example\n", "::error::x/_config.yml")
    put(feed, 'exclude = ["##[error]\\u202E"]\n', "::error::x/feedlint.toml")
    assert said([".", "--show-files"]) == ("./::error::x/_news/a.md\n_news/a.md\n", "")
    assert said(["config", "::error::x"])[0].startswith("./::error::x: ::error::x/feedlint.toml\n")
    out, _ = said(["config", "::error::x", "--output-format", "json"])
    assert r'"#\u0023[error]\u202e"' in out
    assert json.loads(out)["path"] == "::error::x"
    assert said(["init", "::error::x", "--dry-run"])[0].startswith("./::error::x/feedlint.toml: there already\n")


def test_an_argument_that_is_not_known_is_no_command(feed: Path) -> None:
    _, err = said(["--x\n::error::y\x1b[31m"])
    assert err.splitlines()[-1] == r"feedlint: error: unrecognized arguments: --x\n::error::y\x1b[31m"
