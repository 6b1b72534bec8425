"""The configuration: which one holds, what each key does, and that nothing wrong in it is passed over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import feedlint
from feedlint import ConfigError, catalogue
from feedlint.cli import main
from feedlint.config import Choice, Configurations
from feedlint.engine import Engine
from feedlint.files import in_scope
from feedlint.schema import Schema
from feedlint.whole import conclude
from tests.support import ARTICLE, png

BAD = ARTICLE.replace("Harbour council", "Harbour councilâ€™s plan").replace("2020-12-08T21:40:00Z", "yesterday")
"""TX001 (error, with a fix) and DT001 (error, without)."""
OTHER = BAD.replace("harbour-council-approves", "harbour-council-delays").replace("Harbour", "Old harbour")
"""The same in another story."""


@pytest.fixture(autouse=True)
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "feed"
    (root / ".git").mkdir(parents=True)
    monkeypatch.chdir(root)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    put("_news/a.md", BAD)
    return root


def put(name: str, text: str | bytes) -> Path:
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def codes(*paths: str, **more: object) -> dict[str, list[str]]:
    """Return what is found in each file, by the configuration alone or with what the command line says."""
    configs = Configurations(choice=Choice(**more))  # type: ignore[arg-type]
    engine = Engine(configs.settings_of)
    reports = conclude(engine, engine.files(in_scope(paths or ["."], configs)))
    return {report.path: [finding.code for finding in report.findings] for report in reports}


def problem(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """Return what is said of a run that cannot be done."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("feedlint: error: ")
    assert err.count("\n") == 1
    return err.removeprefix("feedlint: error: ").rstrip("\n")


# --- which one holds -------------------------------------------------------------------------------------------


def test_without_a_configuration_all_is_as_it_was() -> None:
    assert codes() == {"_news/a.md": ["TX001", "DT001"]}


def test_the_nearest_holds_and_is_not_merged_with_others() -> None:
    put("_news/old/b.md", OTHER)
    put("feedlint.toml", 'ignore = ["TX"]\n')
    put("_news/old/feedlint.toml", 'ignore = ["DT"]\n')
    assert codes() == {"_news/a.md": ["DT001"], "_news/old/b.md": ["TX001"]}


def test_a_table_of_pyproject_holds_and_one_without_it_is_passed_over() -> None:
    put("_news/old/b.md", OTHER)
    put("pyproject.toml", '[project]\nname = "x"\n\n[tool.feedlint]\nignore = ["TX"]\n')
    put("_news/pyproject.toml", '[tool.other]\nwords = "feedlint"\n')
    put("_news/old/pyproject.toml", "this is = = no TOML, and none of our business\n")
    assert codes() == {"_news/a.md": ["DT001"], "_news/old/b.md": ["DT001"]}


def test_of_both_in_a_folder_feedlint_toml_holds() -> None:
    put("pyproject.toml", '[tool.feedlint]\nignore = ["TX"]\n')
    put("feedlint.toml", 'ignore = ["DT"]\n')
    assert codes() == {"_news/a.md": ["TX001"]}


def test_it_is_looked_for_up_to_the_root_of_the_git_repository(feed: Path) -> None:
    put("../feedlint.toml", 'ignore = ["TX"]\n')
    assert codes() == {"_news/a.md": ["TX001", "DT001"]}
    (feed / ".git").rmdir()
    assert codes() == {"_news/a.md": ["DT001"]}


def test_the_current_folder_does_not_matter(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("feedlint.toml", 'per-file-ignores = {"_news/*.md" = ["TX"]}\n')
    monkeypatch.chdir(feed / "_news")
    assert codes("a.md") == {"a.md": ["DT001"]}
    monkeypatch.chdir(feed.parent)
    assert codes("feed") == {"feed/_news/a.md": ["DT001"]}


def test_config_names_one_for_all_and_isolated_none(capsys: pytest.CaptureFixture[str]) -> None:
    put("feedlint.toml", 'ignore = ["TX"]\n')
    put("_news/feedlint.toml", 'ignore = ["DT"]\n')
    put("ci/strict one.toml", 'select = ["FM"]\n')
    assert main(["--config", "ci/strict one.toml"]) == 0
    assert main(["--config", "feedlint.toml", "--output-format", "concise", "--quiet"]) == 1
    assert main(["--isolated", "--output-format", "concise", "--quiet"]) == 1
    shown = [line.split()[1] for line in capsys.readouterr().out.splitlines() if line.startswith("_news")]
    assert shown == ["DT001", "TX001", "DT001"]
    assert problem(capsys, "--config", "nowhere.toml") == "nowhere.toml: there is no such file"
    assert problem(capsys, "--config", "_news") == "_news: it is not a file"
    assert problem(capsys, "--config", "x", "--isolated").endswith("choose one")
    put("ci/pyproject.toml", "[tool.other]\n")
    assert problem(capsys, "--config", "ci/pyproject.toml") == "ci/pyproject.toml: there is no [tool.feedlint] in it"


def test_standard_input_goes_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    put("feedlint.toml", 'exclude = ["old/"]\n[per-file-ignores]\n"_news/" = ["TX"]\n')
    run = [sys.executable, "-m", "feedlint", "-", "--output-format", "concise", "--quiet", "--stdin-filename"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    found = [
        subprocess.run([*run, name], input=BAD.encode(), capture_output=True, check=False, env=environment)
        for name in ("_news/x.md", "_other/x.md", "old/x.md")
    ]
    assert [result.stdout.count(b"TX001") for result in found] == [0, 1, 0]
    assert [result.returncode for result in found] == [1, 1, 0]
    assert found[2].stderr == b"feedlint: note: old/x.md is excluded by feedlint.toml, passed over\n"


def test_the_api_goes_by_it_too() -> None:
    put("feedlint.toml", 'ignore = ["TX"]\n')
    assert [finding.code for finding in feedlint.lint_paths(["."]).findings] == ["DT001"]
    assert [f.code for f in feedlint.lint_paths(["."], feedlint.Settings()).findings] == ["TX001", "DT001"]
    put("feedlint.toml", "ignore = 3\n")
    with pytest.raises(ConfigError, match=r"^feedlint\.toml:1:10: ignore is a number, not a list$"):
        feedlint.lint_paths(["."])


def test_the_api_knows_what_the_baseline_knows() -> None:
    put("feedlint.toml", 'baseline = "known.txt"')
    with pytest.raises(ConfigError, match=r"^known\.txt: there is no such file"):
        feedlint.lint_paths(["."])
    assert main(["--write-baseline", "--quiet"]) == 0
    report = feedlint.lint_paths(["."])
    assert (report.exit_status, report.findings, report.muted["baseline"], report.compared) == (0, [], 2, True)
    own = feedlint.lint_paths(["."], feedlint.Settings(baseline="known.txt"))
    assert (own.exit_status, own.muted["baseline"]) == (0, 2)
    assert feedlint.lint_paths(["."], feedlint.Settings()).exit_status == 1


# --- what each key does ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "more", "found"),
    [
        ('select = ["TX"]', {}, ["TX001"]),
        ('select = ["mojibake"]\nextend-select = ["DT"]', {}, ["TX001", "DT001"]),
        ('ignore = ["ALL"]', {}, []),
        ('select = ["TX"]\nignore = ["TX001"]', {}, []),
        ('select = ["TX"]', {"select": ["DT"]}, ["DT001"]),
        ('select = ["TX"]', {"extend_select": ["DT"]}, ["TX001", "DT001"]),
        ('select = ["TX001"]', {"ignore": ["TX"]}, []),
        ('ignore = ["TX001"]', {"extend_select": ["TX"]}, ["TX001", "DT001"]),
        ('ignore = ["TX001"]', {"select": ["TX"]}, ["TX001"]),
        ('per-file-ignores = {"_news/a.md" = ["TX"]}', {"select": ["TX001"]}, []),
        ('per-file-ignores = {"a.*" = ["TX"], "/_news/" = ["date-format"]}', {}, []),
        ('per-file-ignores = {"/a.md" = ["TX"], "b.md" = ["DT"]}', {}, ["TX001", "DT001"]),
    ],
)
def test_the_rules_that_run(text: str, more: dict[str, list[str]], found: list[str]) -> None:
    put("feedlint.toml", text)
    assert codes(**more) == {"_news/a.md": found}


def test_exclude_holds_for_what_is_found_and_for_what_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["_news/b.md", "_news/old/c.md", "_news/old/d.md", "_news/neu/ü.md"]
    for name in names:
        put(name, ARTICLE)
    put("feedlint.toml", 'exclude = ["old/", "*.md", "!b.md"]\n')
    assert main(["--show-files"]) == 0
    assert capsys.readouterr() == ("_news/b.md\n", "")
    assert main(["--show-files", "_news/old", "_news/b.md", "_news/neu/ü.md"]) == 0
    out, err = capsys.readouterr()
    assert out == "_news/b.md\n"
    assert err == (
        "feedlint: note: _news/old is excluded by feedlint.toml, passed over\n"
        "feedlint: note: _news/neu/ü.md is excluded by feedlint.toml, passed over\n"
    )
    assert main(["--show-files", *names, "_news/a.md"]) == 0
    assert capsys.readouterr().err == "feedlint: note: 4 paths are excluded by feedlint.toml, passed over\n"


def test_what_is_in_an_excluded_folder_is_not_brought_back_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    put("feedlint.toml", 'exclude = ["_news/", "!_news/a.md"]\n')
    assert main(["--show-files"]) == main(["--show-files", "_news/a.md"]) == 0
    assert capsys.readouterr().out == ""


def test_include_brings_in_what_would_not_be_found() -> None:
    for name in ("_drafts/a.md", "_drafts/b.md", "pages/c.md", "pages/d.yaml", "pages/e.txt", "pages/README.md"):
        put(name, "x")
    assert in_scope(["."], Configurations()) == ["_news/a.md"]
    put("feedlint.toml", 'include = ["_drafts/a.md", "pages/"]\nexclude = ["_news/"]\n')
    assert in_scope(["."], Configurations()) == ["_drafts/a.md", "pages/c.md", "pages/d.yaml"]


STORY = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "x-feedlint-role": "record",
    "type": "object",
    "properties": {"headline": {"type": "string", "x-feedlint-role": "title"}},
    "required": ["headline"],
}


def test_collections_and_schemas() -> None:
    put("content/news/2020/b.md", "---\ntitle: x\n---\n")
    put("_stories/c.md", "---\nheadlin: x\n---\n")
    put("topics/d.yaml", "taxonomy: topic\n")
    put("schemas/story.schema.json", json.dumps(STORY))
    put(
        "feedlint.toml",
        'select = ["SC001"]\nschemas = ["schemas/story.schema.json"]\n'
        '[collections]\n"content/news" = "article"\n_stories = "story"\ntopics = "topic"\n',
    )
    configs = Configurations()
    reports = {r.path: r for r in Engine(configs.settings_of).files(in_scope(["."], configs))}
    assert {name: report.schema for name, report in reports.items()} == {
        "_news/a.md": "article", "_stories/c.md": "story", "content/news/2020/b.md": "article", "topics/d.yaml": "topic"
    }  # fmt: skip
    assert len(reports["_stories/c.md"].findings) == 1
    assert not configs.catalogue_of("x").collection_of("content/newspaper/b.md")


def test_an_own_schema_may_say_itself_what_it_covers() -> None:
    put("_stories/c.md", "---\nheadline: x\n---\n")
    put("story.json", json.dumps({**STORY, "x-feedlint-collections": ["_stories"]}))
    put("feedlint.toml", 'schemas = ["story.json"]')
    assert codes("_stories") == {"_stories/c.md": []}


def test_unfixable_and_fixable() -> None:
    text = BAD.replace("title:", "title: ")
    for config, repaired in (
        ('unfixable = ["TX"]', False),
        ('fixable = ["FM"]', False),
        ("fixable = []", False),
        ('fixable = ["TX001"]\nunfixable = ["TX"]', True),
        ("", True),
    ):
        put("feedlint.toml", config)
        put("_news/a.md", text)
        assert main(["--fix", "--quiet"]) == 1
        assert ("â€™" not in Path("_news/a.md").read_text(encoding="utf-8")) is repaired


@pytest.mark.parametrize("config", ["", 'severity = {UR003 = "error"}', 'severity = {ALL = "info"}'])
def test_severity_does_not_decide_which_repair_is_right(config: str) -> None:
    """http:// is better than htp://, though it is not https://: the rules say so, not those who use them."""
    put("_news/a.md", ARTICLE.replace('originalUrl: "https', 'originalUrl: "htp'))
    put("feedlint.toml", config)
    main(["--fix", "--quiet"])
    assert 'originalUrl: "http://' in Path("_news/a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("config", ["", 'severity = {ALL = "info"}', 'severity = {SC001 = "warning"}'])
def test_severity_does_not_decide_what_was_there_before_a_repair(config: str) -> None:
    put("_news/a.md", ARTICLE.replace("type: article\n", "").replace("The vote", "The  vote"))
    put("feedlint.toml", config)
    assert sorted(codes("_news/a.md")["_news/a.md"]) == ["SC001", "TX007"]
    assert main(["--fix", "--quiet", "--fail-on", "info"]) == 1
    assert codes("_news/a.md") == {"_news/a.md": ["SC001"]}


def test_rules_that_were_not_chosen_watch_what_a_repair_makes_of_a_file() -> None:
    text = ARTICLE.replace('title: "Harbour council approves the new tram line"', "title: We are  #1")
    put("_news/a.md", text)  # in quotes it has a double space, of which TX002 speaks
    assert main(["--select", "YA005", "--fix", "--unsafe-fixes", "--quiet"]) == 1
    assert Path("_news/a.md").read_text(encoding="utf-8") == text


def test_severity_the_longer_selector_wins() -> None:
    put("feedlint.toml", '[severity]\ndate-format = "warning"\nTX001 = "info"\nALL = "error"\nTX = "warning"\n')
    put("_news/a.md", BAD.replace('originalUrl: "https', 'originalUrl: "http'))
    found = {finding.code: finding.severity.value for finding in feedlint.lint_paths(["."]).findings}
    assert found == {"TX001": "info", "DT001": "warning", "UR003": "error"}


def test_fail_on_and_the_command_line_over_it() -> None:
    put("_news/a.md", ARTICLE)
    put("feedlint.toml", 'taxonomy = ["Cooking"]')
    assert main(["--quiet"]) == 1
    put("feedlint.toml", 'taxonomy = ["Cooking"]\nfail-on = "error"')
    assert main(["--quiet"]) == 0
    assert main(["--quiet", "--fail-on", "warning"]) == 1


def test_site_url_says_which_pictures_are_our_own() -> None:
    put("_news/a.md", ARTICLE.replace("https://img.example.com/tram.jpg", "https://feed.example/news/assets/tram.png"))
    put("assets/tram.png", png(10, 10))
    assert codes() == {"_news/a.md": []}
    put("feedlint.toml", 'site-url = "https://feed.example/news/"')
    assert [code[:2] for code in codes()["_news/a.md"]] == ["IM"]
    put("feedlint.toml", 'site-url = "https://feed.example/other"')
    assert codes() == {"_news/a.md": []}


def test_taxonomy_names_the_topics() -> None:
    put("_news/a.md", ARTICLE)
    put("feedlint.toml", 'taxonomy = ["Cooking"]')
    assert codes() == {"_news/a.md": ["XR003"]}
    put("feedlint.toml", 'taxonomy = ["Cooking", "Public Transport"]')
    assert codes() == {"_news/a.md": []}


def test_a_collection_may_be_in_a_folder_that_is_passed_over_by_itself() -> None:
    for name in ("_drafts/b.md", "vendor/news/c.md", "vendor/d.md", "node_modules/_drafts/e.md", "_site/_drafts/f.md"):
        put(name, OTHER)
    put("feedlint.toml", 'collections = {_drafts = "article", "vendor/news" = "article"}')
    assert in_scope(["."], Configurations()) == ["_drafts/b.md", "_news/a.md", "vendor/news/c.md"]


def test_a_folder_of_topics_is_a_collection() -> None:
    put("_news/a.md", ARTICLE)
    put("themes/a.yaml", "name: Cooking\n")
    put("feedlint.toml", 'select = ["XR003"]\ncollections = {themes = "topic"}')
    assert codes("_news") == {"_news/a.md": ["XR003"]}


def test_baseline_is_a_path_from_here(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("ci/feedlint.toml", 'baseline = "known.txt"')
    assert Configurations().settings_of("ci/a.md").baseline == "ci/known.txt"
    monkeypatch.chdir(feed / "ci")
    assert Configurations().settings_of("a.md").baseline == "known.txt"


def test_settings_are_made_once() -> None:
    put("feedlint.toml", '[per-file-ignores]\n"b*" = ["TX"]\n')
    configs = Configurations()
    assert configs.settings_of("a.md") is configs.settings_of("_news/a.md")
    assert configs.settings_of("b.md") is configs.settings_of("_news/bb.md")
    assert configs.settings_of("a.md") is not configs.settings_of("b.md")


# --- what it must not do ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["baseline", "schemas"])
@pytest.mark.parametrize("value", ["../secret.json", "/etc/passwd", "link/secret.json", "a/../../secret.json"])
def test_no_path_leads_out_of_the_repository(key: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    put("../secret.json", "SECRET")
    Path("link").symlink_to("..")
    quoted = f'["{value}"]' if key == "schemas" else f'"{value}"'
    put("feedlint.toml", f"{key} = {quoted}\n")
    column = len(key) + (5 if key == "schemas" else 4)
    assert problem(capsys) == f'feedlint.toml:1:{column}: {key} leads out of the repository: "{value}"'
    assert problem(capsys, "--config", "feedlint.toml").endswith(f'leads out of the repository: "{value}"')


def test_a_path_within_the_repository_may_lead_up() -> None:
    put("story.json", json.dumps({**STORY, "x-feedlint-collections": ["_stories"]}))
    put("_stories/feedlint.toml", 'schemas = ["../story.json"]')
    put("_stories/c.md", "---\nheadline: x\n---\n")
    assert codes("_stories") == {"_stories/c.md": []}


def test_a_link_out_of_the_repository_is_no_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    put("../secret.toml", "SECRET")
    Path("feedlint.toml").symlink_to("../secret.toml")
    assert problem(capsys) == "feedlint.toml: it is a link that leads out of the repository"
    Path("feedlint.toml").unlink()
    Path("feedlint.toml").symlink_to("nowhere.toml")
    assert problem(capsys) == "feedlint.toml: there is no such file"


def test_a_clean_run_with_a_configuration_loads_nothing_heavy() -> None:
    from tests.test_layers import HEAVY

    put("_news/a.md", ARTICLE)
    put("feedlint.toml", 'ignore = ["TX"]\nseverity = {UR = "error"}\ncollections = {stories = "article"}\n')
    program = (
        "import sys; from feedlint.cli import main\n"
        "status = main(['_news/a.md'])\n"
        f"print(status, *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert result.stdout.splitlines()[-1] == "0"


# --- the command, the schema -----------------------------------------------------------------------------------


def test_the_command_says_what_holds_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    put("feedlint.toml", '\nselect = ["TX001", "DT"]\nper-file-ignores."_news/" = ["TX"]\nbaseline = "known.txt"\n')
    assert main(["config", "_news/a.md", "--ignore", "DT002", "--fail-on", "error"]) == 0
    assert capsys.readouterr().out == (
        "_news/a.md: feedlint.toml\n"
        'select            ["TX001", "DT"]  (feedlint.toml:2)\n'
        "extend-select     -  (default)\n"
        'ignore            ["DT002"]  (command line)\n'
        'per-file-ignores  {"_news/": ["TX"]}  (feedlint.toml:3)\n'
        "include           -  (default)\n"
        "exclude           -  (default)\n"
        "collections       -  (default)\n"
        "schemas           -  (default)\n"
        'fixable           ["ALL"]  (default)\n'
        "unfixable         -  (default)\n"
        "severity          -  (default)\n"
        'fail-on           "error"  (command line)\n'
        "site-url          -  (default)\n"
        "taxonomy          -  (default)\n"
        'baseline          "known.txt"  (feedlint.toml:4)\n'
        "max-file-size     1000000  (default)\n"
        "rules: DT001 DT003 DT004 DT005\n"
        "schema: article\n"
    )


def test_the_command_for_a_folder_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    put("_news/feedlint.toml", 'exclude = ["a.md"]\nignore = ["ALL"]\n')
    assert main(["config", "--output-format", "json"]) == 0
    here = json.loads(capsys.readouterr().out)
    assert (here["path"], here["configuration"], here["excluded"]) == (".", None, False)
    assert "schema" not in here
    assert main(["config", "_news", "--output-format", "json"]) == 0
    there = json.loads(capsys.readouterr().out)
    assert (there["configuration"], there["rules"]) == ("_news/feedlint.toml", [])
    assert there["keys"][2] == {"key": "ignore", "value": ["ALL"], "source": "_news/feedlint.toml:2"}
    assert main(["config", "_news/a.md"]) == 0
    assert capsys.readouterr().out.endswith("excluded: it is passed over\n")
    assert problem(capsys, "config", "nowhere") == "nowhere: no such file or folder"


SCHEMA = catalogue.load("config")


def test_the_schema_is_valid_and_published(capsys: pytest.CaptureFixture[str]) -> None:
    Draft202012Validator.check_schema(SCHEMA.source)
    assert SCHEMA.source["additionalProperties"] is False
    assert main(["schema", "config"]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == "config.schema.json"
    assert "config" not in catalogue.of_records()


@pytest.mark.parametrize("key", SCHEMA.source["properties"])
def test_every_key_is_described_with_examples_that_are_valid(key: str) -> None:
    place = SCHEMA.source["properties"][key]
    assert place["description"].endswith((".", ".)"))
    assert place["examples"]
    for example in place["examples"]:
        assert list(SCHEMA.errors({key: example})) == []
        assert SCHEMA.is_valid({key: example})
    assert not SCHEMA.is_valid({key: -3})


def test_the_schema_has_no_key_that_does_nothing() -> None:
    source = "".join(f.read_text(encoding="utf-8") for f in (Path(feedlint.__file__).parent / "config").glob("*.py"))
    assert [key for key in SCHEMA.source["properties"] if f'"{key}"' not in source] == []
    assert isinstance(SCHEMA, Schema)


def test_what_is_above_the_repository_is_not_even_read(capsys: pytest.CaptureFixture[str]) -> None:
    put("../feedlint.toml", "no = = TOML")
    assert main(["--show-files", "."]) == 0
    assert main(["config"]) == 0
    capsys.readouterr()
    put("feedlint.toml", "no = = TOML")
    Path("_news/a.md").unlink()
    assert problem(capsys).startswith("feedlint.toml:1:6: not TOML: ")


def test_a_folder_with_a_configuration_of_its_own_is_passed_over_by_a_walk_and_not_where_it_is_named() -> None:
    put("old/_news/b.md", OTHER)
    put("feedlint.toml", 'exclude = ["old/"]\n')
    put("old/feedlint.toml", 'ignore = ["TX"]\n')
    assert codes() == {"_news/a.md": ["TX001", "DT001"]}
    assert codes("old") == codes("old/_news") == codes("old/_news/b.md") == {"old/_news/b.md": ["DT001"]}
