"""``feedlint init``: what it writes, what it leaves alone, and where it does not write."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from feedlint.baseline.baseline import Baseline
from feedlint.cli import init, main, templates
from feedlint.engine import Engine
from feedlint.fixing import NotWritten
from feedlint.report import Outcome
from tests.runner import evaluated
from tests.support import ARTICLE
from tests.test_action import git

OLD = ARTICLE.replace("approves the new", "approves the&nbsp;new")
FROM = ["--from", "git+https://git.example/feedlint@v1"]
OF_GITHUB = "git+https://github.com/owner/feedlint.git@0123abc"


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A feed without a finding, in a git repository that has no remote."""
    for name, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "feed"
    put(folder / "_config.yml", "url: https://feed.example\n")
    put(folder / "_news" / "a.md", ARTICLE)
    git(folder, "init", "--quiet")
    monkeypatch.chdir(folder)
    return folder


def put(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def files(folder: Path) -> dict[str, bytes]:
    """Return what is in *folder*, without what git keeps and the feed itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not {".git", "_news", "_config.yml"} & set(path.relative_to(folder).parts)
    }


# --- what it writes ------------------------------------------------------------------------------------------------


def test_a_clean_feed_gets_a_configuration_and_no_baseline(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", *FROM, "--ci", "none"]) == 0
    assert capsys.readouterr().out == (
        "feedlint.toml: written\n"
        ".pre-commit-config.yaml: written\n"
        "no CI job: none is asked for\n"
        "\n"
        "Next: commit the files above.\n"
    )
    assert sorted(files(feed)) == [".pre-commit-config.yaml", "feedlint.toml"]
    assert "baseline" not in (feed / "feedlint.toml").read_text(encoding="utf-8")


def test_what_is_there_goes_to_the_baseline(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed / "_news" / "b.md", OLD.replace("tram", "bus"))
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    assert "feedlint-baseline.txt: written, with 1 finding in 1 file\n" in out
    assert "Next: `feedlint --fix --no-baseline` repairs 1 of the 1 finding,\n" in out
    assert 'baseline = "feedlint-baseline.txt"\n' in (feed / "feedlint.toml").read_text(encoding="utf-8")
    assert "_news/b.md" in (feed / "feedlint-baseline.txt").read_text(encoding="utf-8")
    assert main(["--quiet"]) == 0
    put(feed / "_news" / "c.md", OLD.replace("tram", "boat"))
    assert main(["--quiet"]) == 1


def test_what_was_written_is_left_alone_the_second_time(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed / "_news" / "b.md", OLD.replace("tram", "bus"))
    arguments = ["init", *FROM, "--ci", "github"]
    assert main(arguments) == 0
    before = files(feed)
    capsys.readouterr()
    assert main(arguments) == 0
    assert capsys.readouterr().out == (
        "feedlint.toml: there already\n"
        ".pre-commit-config.yaml: there already\n"
        ".github/workflows/feedlint.yml: there already\n"
        "\n"
        "Next: nothing, what holds here is shown by `feedlint config`.\n"
    )
    assert files(feed) == before


def test_a_dry_run_writes_nothing_and_shows_all(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed / "_news" / "b.md", OLD.replace("tram", "bus"))
    arguments = ["init", *FROM, "--ci", "gitlab"]
    assert main([*arguments, "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert files(feed) == {}
    assert "feedlint-baseline.txt: would be written, with 1 finding in 1 file\n" in shown
    assert main(arguments) == 0
    for name, content in files(feed).items():
        assert f"{name}: would be written" in shown
        if name != "feedlint-baseline.txt":
            assert "".join(f"    {line}\n" for line in content.decode().splitlines()) in shown


def test_records_that_no_schema_names_are_named(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        put(feed / "content" / "news" / f"202{number}" / "a.md", ARTICLE.replace("tram", f"bus {number}"))
    put(feed / "content" / "news" / "2020" / "README.md", "# News\n")
    put(feed / "docs" / "how.md", "# How\n")
    put(feed / "docs" / "example.md", ARTICLE.replace("tram", "boat"))
    put(feed / "docs" / "why.md", "# Why\n")
    assert main(["init", "--dry-run"]) == 0
    assert '    [collections]\n    "content/news" = "article"\nno hook' in capsys.readouterr().out


def test_what_a_dry_run_counts_is_what_is_written(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The configuration gives these records a schema, so one has more to say of them than before there was one."""
    text = OLD.replace("tram", "bus").replace("quality: 61", "quality: high")
    put(feed / "_stories" / "a.md", text.replace("category: news\n", ""))
    assert main(["init", "--dry-run"]) == 0
    counted = capsys.readouterr().out.splitlines()[0]
    assert counted.startswith("feedlint-baseline.txt: would be written, with ")
    assert main(["init"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == counted.replace("would be written", "written")
    known = (feed / "feedlint-baseline.txt").read_text(encoding="utf-8")
    assert {line.split()[1] for line in known.splitlines() if line.startswith("_stories")} == {
        "SC001",
        "SC003",
        "TX003",
    }
    assert main(["--quiet"]) == 0


def test_a_feed_is_linted_once(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(feed / "_news" / "b.md", OLD.replace("tram", "bus"))
    put(feed / "content" / "c.md", OLD.replace("tram", "boat"))
    read: list[str] = []
    check = Engine.outcomes

    def outcomes(engine: Engine, paths: Iterable[str]) -> Iterator[Outcome]:
        for path in paths:
            read.append(Path(path).name)
            yield from check(engine, [path])

    monkeypatch.setattr(Engine, "outcomes", outcomes)
    assert main(["init"]) == 0
    assert sorted(read) == ["a.md", "b.md", "c.md"]
    assert main(["--quiet"]) == 0


def test_the_feed_may_be_a_folder_of_the_repository(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed / "my site" / "_config.yml", "url: https://feed.example\n")
    put(feed / "my site" / "_news" / "b.md", ARTICLE)
    assert main(["init", "my site/_news", "--from", OF_GITHUB, "--ci", "github"]) == 0
    assert sorted(files(feed)) == [
        ".github/workflows/feedlint.yml", ".pre-commit-config.yaml", "my site/feedlint.toml"
    ]  # fmt: skip
    step = workflow(feed)["jobs"]["feedlint"]["steps"][1]
    assert step == {"uses": "owner/feedlint@0123abc", "with": {"working-directory": "my site"}}
    hook = yaml.safe_load((feed / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"][0]
    assert hook["args"] == ["--staged", "--new-only", "my site"]


# --- hooks and CI --------------------------------------------------------------------------------------------------


def workflow(folder: Path) -> dict[str, Any]:
    text = (folder / ".github" / "workflows" / "feedlint.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@pytest.mark.parametrize(
    ("remote", "there", "written"),
    [
        ("git@github.com:owner/feed.git", "", [".github/workflows/feedlint.yml"]),
        ("https://gitlab.com/owner/feed", "", [".gitlab-ci.yml"]),
        ("https://gitlab.publisher.example/owner/feed", "", [".gitlab-ci.yml"]),
        ("https://git.example/owner/feed", "", []),
        ("https://git.example/owner/feed", ".github/CODEOWNERS", [".github/workflows/feedlint.yml"]),
        ("https://git.example/owner/feed", ".gitlab-ci.yml", []),
    ],
)
def test_the_ci_that_is_used(
    remote: str, there: str, written: list[str], feed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(feed, "remote", "add", "origin", remote)
    if there:
        put(feed / there, "# mine\n")
    assert main(["init", *FROM]) == 0
    assert sorted(set(files(feed)) - {there, ".pre-commit-config.yaml", "feedlint.toml"}) == written
    out = capsys.readouterr().out
    assert ("no CI job: no service is seen here" in out) is (not written and not there)
    if there:
        assert (feed / there).read_text(encoding="utf-8") == "# mine\n"
    addition = ".gitlab-ci.yml: there already\n  feedlint is not in it; to be added:\n"
    assert (addition in out) is (there == ".gitlab-ci.yml")


@pytest.mark.parametrize("source", [FROM[1], OF_GITHUB, "feedlint==0.1.0", "feedlint @ file:///a b\"c'$(touch x)"])
@pytest.mark.parametrize("folder", [".", "a \"b' $(touch x) ${{ y }}"])
def test_what_is_written_is_what_its_readers_expect(source: str, folder: str, tmp_path: Path) -> None:
    for schema, name, text in (
        ("vendor.github-workflows", "github.yml", templates.github(source, folder)),
        ("vendor.gitlab-ci", "gitlab-ci.yml", templates.gitlab(source, folder)),
    ):
        file = put(tmp_path / name, text)
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout
    entry = yaml.safe_load(templates.hooks(source, folder))["repos"][0]["hooks"][0]
    assert entry["additional_dependencies"] == [source]
    assert entry["args"][2:] == ([] if folder == "." else [folder])
    variables = yaml.safe_load(templates.gitlab(source, folder))["feedlint"]["variables"]
    assert variables["FEEDLINT"] == source
    assert variables["FEED"] == ("." if folder == "." else {"value": folder, "expand": False})
    (*_, step) = yaml.safe_load(templates.github(source, folder))["jobs"]["feedlint"]["steps"]
    assert source == OF_GITHUB or (step["env"]["FEEDLINT"] == source and source not in step["run"])


@pytest.mark.parametrize("source", [FROM[1], OF_GITHUB])
def test_zizmor_has_nothing_to_say_of_the_workflow(source: str, tmp_path: Path) -> None:
    source = source.replace("0123abc", "0123456789012345678901234567890123456789")
    file = put(tmp_path / ".github" / "workflows" / "feedlint.yml", templates.github(source, "my site"))
    command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--pedantic", "--no-config", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_a_hook_is_never_written_into_a_file_of_somebody_elses(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed / ".pre-commit-config.yaml", "repos: [] # mine\n")
    assert main(["init", *FROM, "--ci", "none"]) == 0
    assert (feed / ".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: [] # mine\n"
    out = capsys.readouterr().out
    assert ".pre-commit-config.yaml: there already\n  feedlint is not in it; to be added:\n      - repo: local\n" in out


@pytest.mark.parametrize(
    ("direct", "source"),
    [
        (None, "feedlint==0.1.0"),
        ('{"url": "file:///somewhere", "dir_info": {}}', None),
        ('{"url": "https://git.example/f", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}',
         "git+https://git.example/f@c0ffee"),
        ("damaged", None),
        ("[]", None),
    ],
)  # fmt: skip
def test_where_it_was_installed_from(direct: str | None, source: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return direct

    monkeypatch.setattr(init, "distribution", lambda _: Installed())
    assert init._source() == source


def test_a_package_that_nobody_named_is_named_nowhere(
    feed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(init, "_source", lambda: None)
    assert main(["init", "--ci", "github"]) == 0
    assert sorted(files(feed)) == ["feedlint.toml"]
    assert "no hook and no CI job: say where it is to get feedlint from" in capsys.readouterr().out


def test_a_second_feed_of_the_repository_is_not_left_out(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        put(feed / name / "_config.yml", "url: https://feed.example\n")
    arguments = [*FROM, "--ci", "github"]
    assert main(["init", "a", *arguments]) == 0
    before = files(feed)
    capsys.readouterr()
    assert main(["init", "b", *arguments]) == 0
    out = capsys.readouterr().out
    assert ".pre-commit-config.yaml: there already\n  feedlint for b is not in it; to be added:\n      - repo:" in out
    assert '"--new-only", "b"]\n' in out
    assert ".github/workflows/feedlint.yml: there already\n  feedlint for b is not in it; to be added:\n" in out
    assert '            working-directory: "b"\n' in out
    assert files(feed) == {**before, "b/feedlint.toml": (feed / "b" / "feedlint.toml").read_bytes()}
    assert main(["init", "a", *arguments]) == 0
    assert "to be added" not in capsys.readouterr().out


def test_what_is_to_be_done_next_is_about_that_feed(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed / "b c" / "_config.yml", "url: https://feed.example\n")
    put(feed / "b c" / "_news" / "b.md", OLD.replace("tram", "bus"))
    assert main(["init", "b c"]) == 0
    assert "Next: `feedlint 'b c' --fix --no-baseline` repairs 1 of the 1 finding,\n" in capsys.readouterr().out
    assert main(["b c", "--fix", "--no-baseline"]) == 0
    assert main(["b c", "--prune-baseline"]) == 0
    assert "_news" not in (feed / "b c" / "feedlint-baseline.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "is_in_it"),
    [
        ("repos: [] # feedlint: later\n", False),
        ("# feedlint\r\nrepos: []\r\n", False),
        ("repos:\r\n  - repo: https://git.example/feedlint\r\n", True),
    ],
)
def test_a_comment_is_no_hook(text: str, is_in_it: bool, feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(feed / ".pre-commit-config.yaml", text)
    assert main(["init", *FROM, "--ci", "none"]) == 0
    assert file.read_bytes() == text.encode()
    assert ("to be added" in capsys.readouterr().out) is not is_in_it


FOLDERS = st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in (".", "..")
)


@given(FOLDERS)
@example("-x")
@example("\x85\u2028\x9f\x7f\ufeff\uffff")
@example("$HOME ${HOME} %HOME% ${{ github.token }} '${{")
def test_any_name_of_a_folder_is_read_as_it_is(folder: str) -> None:
    operand = f"./{folder}" if folder.startswith("-") else folder
    hook = yaml.safe_load(templates.hooks(FROM[1], folder))["repos"][0]["hooks"][0]
    assert hook["args"] == ["--staged", "--new-only", operand]
    for source in (FROM[1], OF_GITHUB):
        step = yaml.safe_load(templates.github_step(source, folder))[0]
        assert evaluated(step.get("with", step)["working-directory"], {}) == folder
    feed = yaml.safe_load(templates.gitlab(FROM[1], folder))["feedlint"]["variables"]["FEED"]
    assert feed == operand or feed == {"value": operand, "expand": False}
    assert isinstance(feed, dict) or not {"$", "%"} & set(folder)
    if sys.version_info >= (3, 11):
        import tomllib

        assert tomllib.loads(templates.configuration([folder], "")) == {"collections": {folder: "article"}}


# --- where it does not write ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["feedlint.toml", ".pre-commit-config.yaml", ".github/workflows/feedlint.yml"])
def test_a_link_is_not_followed(name: str, feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = feed / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "elsewhere")
    assert main(["init", *FROM, "--ci", "github"]) == 2
    assert capsys.readouterr() == ("", f"feedlint: error: {name} is a symbolic link: nothing was written\n")
    assert files(feed) == {}
    assert not (tmp_path / "elsewhere").exists()


def test_nor_is_a_folder_that_is_one(feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "elsewhere").mkdir()
    (feed / ".github").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert main(["init", *FROM, "--ci", "github"]) == 2
    assert "error: .github is a symbolic link: nothing was written\n" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_outside_of_git_and_without_a_folder(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "bare").mkdir()
    assert main(["init", str(tmp_path / "bare")]) == 2
    assert "bare: not a git repository" in capsys.readouterr().err
    assert main(["init", "nowhere"]) == 2
    assert capsys.readouterr().err == "feedlint: error: nowhere: no such folder\n"


def test_a_file_in_the_way(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(feed / ".github", "no folder\n")
    assert main(["init", *FROM, "--ci", "github"]) == 2
    assert "error: cannot write .github/workflows/feedlint.yml: " in capsys.readouterr().err


def test_what_was_written_before_something_failed_is_of_use(feed: Path) -> None:
    put(feed / "_news" / "b.md", OLD.replace("tram", "bus"))
    put(feed / ".github", "no folder\n")
    assert main(["init", *FROM, "--ci", "github"]) == 2
    assert main(["--quiet"]) == 0
    (feed / ".github").unlink()
    assert main(["init", *FROM, "--ci", "github"]) == 0
    assert list(workflow(feed)["jobs"]) == ["feedlint"]


def test_without_the_baseline_nothing_names_it(feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise NotWritten("no space left")

    put(feed / "_news" / "b.md", OLD.replace("tram", "bus"))
    monkeypatch.setattr(Baseline, "rewrite", fails)
    assert main(["init"]) == 2
    assert files(feed) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="names there are text")
def test_a_folder_whose_name_no_yaml_can_hold(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"f\xe9")
    put(feed / name / "_config.yml", "url: https://feed.example\n")
    assert main(["init", name, *FROM, "--ci", "none"]) == 2
    assert "is not UTF-8: no hook and no CI job can name it\n" in capsys.readouterr().err
    assert files(feed) == {}


def test_what_holds_from_above_is_a_configuration(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One below would take its place."""
    put(feed / "feedlint.toml", 'ignore = ["TX"]\n')
    put(feed / "site" / "_config.yml", "url: https://feed.example\n")
    put(feed / "site" / "_news" / "b.md", OLD.replace("tram", "bus"))
    assert main(["init", "site"]) == 0
    assert capsys.readouterr().out.startswith("feedlint.toml: there already\n")
    assert not (feed / "site" / "feedlint.toml").exists()
    assert main(["--quiet"]) == 0


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("[tool.feedlint]\n", True),
        ("[tool.feedlint.severity]\n", True),
        ('["tool"."feedlint"]\n', True),
        ("[tool]\nfeedlint.ignore = ['TX']\n", True),
        ("[tool.ruff]\n", False),
        ('x = """\n[tool.feedlint]\n"""\n', False),
    ],
)
def test_a_configuration_in_pyproject(text: str, is_one: bool, feed: Path) -> None:
    put(feed / "pyproject.toml", text)
    assert main(["init", "--ci", "none"]) == 0
    assert (feed / "feedlint.toml").exists() is not is_one


def test_the_texts_are_toml() -> None:
    tomllib = pytest.importorskip("tomllib")
    hostile = 'a "b\\ \x7f é\n'
    assert tomllib.loads(templates.configuration([hostile, "b"], "x.txt")) == {
        "baseline": "x.txt", "collections": {hostile: "article", "b": "article"}
    }  # fmt: skip
    assert tomllib.loads(templates.configuration([], "")) == {}
