"""What is told of plain arguments without the parser is what the parser tells of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedlint.cli.options import parser
from feedlint.cli.plain import _FLAGS, _plain, options_of

_WORDS = [*_FLAGS, "a.md", "_news", "", "=", "--", "-", "--qui", "-qq", "-x", "--color", "--fix=", "--select", "TX"]


def _parsed(argv: list[str]) -> dict[str, object] | None:
    try:
        return vars(parser().parse_args(argv))
    except SystemExit:
        return None


@given(st.lists(st.sampled_from(_WORDS), max_size=6))
def test_plain_arguments_say_what_they_say_to_the_parser(argv: list[str]) -> None:
    told = _plain(argv)
    if told is not None:
        assert vars(told) == _parsed(argv)


@pytest.mark.parametrize(
    "argv", [[], ["."], ["--quiet"], ["--fix", "a.md", "b.md", "-q", "--no-cache"], ["a.md", "a.md"]]
)
def test_they_are_told_without_it(argv: list[str]) -> None:
    told = _plain(argv)
    assert told is not None
    assert vars(told) == _parsed(argv)


@pytest.mark.parametrize(
    "argv", [["a.md", "--fix", "b.md"], ["-"], ["--", "a.md"], ["-qq"], ["--since", "main"], ["--qui"]]
)
def test_others_are_left_to_it(argv: list[str]) -> None:
    assert _plain(argv) is None


def test_every_option_without_a_value_is_known() -> None:
    known = {name: each.dest for each in parser()._actions if each.nargs == 0 for name in each.option_strings}
    for name in ("--help", "-h", "--version"):
        del known[name]
    assert known == _FLAGS


def test_what_is_told_can_be_changed(capsys: pytest.CaptureFixture[str]) -> None:
    options_of([]).select.append("TX")
    assert options_of([]).select == []
    with pytest.raises(SystemExit):
        options_of(["--nothing"])
    assert "unrecognized arguments: --nothing" in capsys.readouterr().err
