"""What is wrong in a configuration is said in one line, with the place of the very word."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedlint.cli import main
from feedlint.config import ConfigError
from feedlint.config.configuration import load
from feedlint.config.toml import Toml


@pytest.fixture(autouse=True)
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    return tmp_path


def error(content: str | bytes, name: str = "feedlint.toml") -> str:
    file = Path(name)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ConfigError) as caught:
        load(str(file.absolute()))
    return str(caught.value).removeprefix(f"{name}:")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('# c\n\nselct = ["TX"]\n', '3:1: unknown key "selct", did you mean "select"?'),
        ('# selct\r\n\r\nselct = ["TX"]\r\n', '3:1: unknown key "selct", did you mean "select"?'),
        ('\ufeffselct = ["TX"]', '1:1: unknown key "selct", did you mean "select"?'),
        ('select = ["selct"]\nselct = []', '2:1: unknown key "selct", did you mean "select"?'),
        ('  "selct" = []', '1:3: unknown key "selct", did you mean "select"?'),
        ("'per_file_ignores'.x = []", '1:1: unknown key "per_file_ignores", did you mean "per-file-ignores"?'),
        ("[colections]\nx = 'article'", '1:2: unknown key "colections", did you mean "collections"?'),
        ("[[select]]\n", "1:3: select holds a table, not a text"),
        ("zzz = 1", '1:1: unknown key "zzz"'),
        ("select = 3", "1:10: select is a number, not a list"),
        ("\nselect = [\n  'TX', # one\n  1,\n]", "4:3: select holds a number, not a text"),
        ('select = "TX"', "1:10: select is a text, not a list"),
        ("select = true", "1:10: select is true or false, not a list"),
        ("baseline = 2020-01-01", "1:1: baseline is a date or a time, not a text"),
        ("baseline = ''", "1:1: baseline has an empty text"),
        ("max-file-size = 0", "1:17: max-file-size is 0, not a number from 1 to 10,000,000"),
        ("max-file-size = 1.5", "1:17: max-file-size is a number, not a whole number"),
        ("max-file-size = 1_000_000_000", "1:1: max-file-size is 1000000000, not a number from 1 to 10,000,000"),
        ("max-file-size = true", "1:17: max-file-size is true or false, not a whole number"),
        ("taxonomy = ['']", "1:1: taxonomy has an empty text"),
        ("ignore = [\n  'TX', # TX01\n  'TX01',\n]", '3:3: no rule "TX01", did you mean "TX001"?'),
        ("ignore = [\n  'mojibak',\n]", '2:3: no rule "mojibak", did you mean "mojibake"?'),
        ("ignore = ['ü', 'Ü']", '1:11: no rule "ü"'),
        ("ignore = ['TX', 'nope', 'nope']", '1:17: no rule "nope"'),
        ("severity = {TX = 'info', nope = 'info'}", '1:26: no rule "nope"'),
        ("severity = {TX = 'eror'}", '1:18: severity.TX is "eror", not one of "error", "warning", "info", did you mean "error"?'),  # noqa: E501
        ("[severity]\nTX = 'info'\nUR = 'x'", '3:6: severity.UR is "x", not one of "error", "warning", "info"'),
        ("[per-file-ignores]\n'a' = ['a']\n", '2:8: no rule "a"'),
        ("per-file-ignores = {'!' = ['TX']}", '1:21: "!" is no pattern'),
        ("exclude = [\n'a',\n'[z-a]',\n]", '3:1: "[z-a]" is no pattern'),
        ("[collections]\n'content/news' = 'artcle'", '2:18: no schema "artcle", did you mean "article"?'),
        ("[collections]\n'a' = 'report'", '2:7: no schema "report"'),
        ("[collections]\n'/a/' = 'article'", '2:1: "/a/" is no name that collections can have'),
        ("[collections]\n'a/./b' = 'article'", '2:1: "a/./b" is no name that collections can have'),
        ("[collections]\n'../a' = 'article'", '2:1: "../a" is no name that collections can have'),
        ("select = []", "1:1: select is empty: name a rule, or leave it out"),
        ("[tool.feedlint]\nselect = ['TX']", '1:2: unknown key "tool": the table [tool.feedlint] is for pyproject.toml, keys stand here by themselves'),  # noqa: E501
        ("schemas = ['a', 'b']", '1:12: there is no file "a"'),
        ("schemas = ['\\u0000', 'b']", '1:12: there is no file "\\u0000"'),
        ('schemas = ["\\u0000"]', "1:1: schemas names no file"),
        ("site-url = 'feed.example'", '1:12: site-url is "feed.example", which is no web address without query'),
        ("fail-on = 'never'", '1:11: fail-on is "never", not one of "error", "warning", "info"'),
        ("select = [\n", "1:11: not TOML: unclosed array"),
        ("a = 1\nb = = 2\n", "2:5: not TOML: invalid value"),
        ("select = ['TX']\nselect = []", "2:12: not TOML: cannot overwrite a value"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_place(text: str, said: str) -> None:
    found = error(text)
    if "not TOML" in said:  # the words and columns of the parser differ a little between versions of Python
        assert found.split(": ")[:2] == [found.split(": ")[0], "not TOML"]
        assert found.split(":")[0] == said.split(":")[0]
    else:
        assert found == said


def test_in_a_table_of_pyproject() -> None:
    text = '[project]\nselct = "x"\n\n[tool]\nfeedlint.selct = []\n'
    assert error(text, "pyproject.toml") == '5:10: unknown key "selct", did you mean "select"?'
    assert error("[tool]\nfeedlint = 3\n", "pyproject.toml") == "2:12: [tool.feedlint] is a number, not a table"
    text = '[tool.feedlint.severity]\nTX = "info"\n[tool.feedlint]\nselect = ["nope"]\n'
    assert error(text, "pyproject.toml") == '4:11: no rule "nope"'


def test_bytes_that_are_no_text() -> None:
    assert error(b"# \xc3\xbc\nselect = ['\xe9']") == "2:12: byte E9 is not UTF-8"


def test_an_own_schema_that_cannot_be_used() -> None:
    assert error("schemas = ['broken.json']").startswith("1:12: broken.json: it is not JSON: ")


def test_hostile_files_are_refused_in_no_time() -> None:
    assert error("select = " + "[" * 100_000).endswith("it is nested too deeply")
    assert error("select = " + "{a=" * 100_000).endswith("nested too deeply")
    assert error("a" + ".a" * 400_000 + " = 1") == " a key has more than 200 dots"
    assert error("#" * 1_000_001) == " it has more than 1,000,000 bytes"
    assert "4300" in error("select = " + "1" * 5_000)
    assert error("select = [\n" + "'TX', # ]\n" * 60_000 + "'nope']").endswith('no rule "nope"')
    assert error("selct = ['" + "selct" * 100_000 + "']") == '1:1: unknown key "selct", did you mean "select"?'


def test_a_name_in_a_message_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Path("feedlint.toml").write_text('"\\u001b[31m\\n::error" = 1', encoding="utf-8")
    assert main([]) == 2
    assert capsys.readouterr().err == 'feedlint: error: feedlint.toml: unknown key "\\x1b[31m\\n::error"\n'


def test_the_place_of_each_thing() -> None:
    toml = Toml(
        "x", 'a.b = [1, "b", 1.5, true, ["b"]]\n\n[c."d e"]\nf = { "g" = "g", h = """\n]\n""" }\n[[i]]\nj = "k"\n'
    )
    assert toml.place(("a", "b"), key=True) == (1, 3)
    assert toml.place(("a", "b", 0)) == (1, 8)
    assert toml.place(("a", "b", 1)) == (1, 11)
    assert toml.place(("a", "b", 2)) == (1, 16)
    assert toml.place(("a", "b", 3)) == (1, 21)
    assert toml.place(("a", "b", 4, 0)) == (1, 28)
    assert toml.place(("c", "d e"), key=True) == (3, 4)
    assert toml.place(("c", "d e", "f", "g"), key=True) == (4, 7)
    assert toml.place(("c", "d e", "f", "g")) == (4, 13)
    assert toml.place(("nothing",)) is None
