"""Records that are not on disk, and work that is done by a cluster."""

from __future__ import annotations

import json
import signal
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cluster import cluster
from benchmarks.feed.files import files
from feedlint import remote
from feedlint.cli import main
from feedlint.disk import TooLarge
from feedlint.remote import Address, is_address, listed, read
from tests.support import ARTICLE

pytest.importorskip("fsspec", reason="fsspec is not installed")

DAMAGED = ARTICLE.replace("approves", "approves â€™", 1)
RECORDS = {"_news/a.md": ARTICLE, "_news/2020/b.md": DAMAGED, "_data/topics/x.yaml": "name: Trams\n_id: trams\n"}
BESIDE = {"README.md": "# A feed\n", "_news/.c.md": DAMAGED, "_site/d.md": DAMAGED, "docs/e.md": "text\n"}


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "feed"
    for name, text in {**RECORDS, **BESIDE}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    return folder


def packed(feed: Path, inside: str = "") -> str:
    archive = feed.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as file:
        for name, text in {**RECORDS, **BESIDE}.items():
            file.writestr(f"{inside}{name}", text)
    return archive.as_posix()


def shown(capsys: pytest.CaptureFixture[str], *argv: str, status: int = 1) -> list[dict[str, Any]]:
    assert main([*argv, "--output-format", "json", "--isolated"]) == status
    out, err = capsys.readouterr()
    assert err == ""
    found: list[dict[str, Any]] = json.loads(out)["files"]
    return found


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("s3://bucket/feed", True),
        ("zip://_news::feed.zip", True),
        ("simplecache::s3://bucket/a.md", True),
        ("https://www.example.com/feed/", True),
        ("_news/a.md", False),
        (r"C:\feed", False),
        ("C:/feed", False),
        ("_news/a://b.md", False),
        ("-", False),
    ],
)
def test_an_address_is_no_path(text: str, *, is_one: bool) -> None:
    assert is_address(text) is is_one


@pytest.mark.parametrize("inside", ["", "a/feed/"])
def test_an_archive_is_checked_as_a_folder_is(feed: Path, inside: str, capsys: pytest.CaptureFixture[str]) -> None:
    archive = packed(feed, inside)
    found = shown(capsys, f"zip://{inside}::{archive}", "--ignore", "SC006")
    here = shown(capsys, "feed", "--ignore", "SC006")
    assert [file["path"] for file in found] == [
        f"{archive}/{inside}{name}" for name in ("_data/topics/x.yaml", "_news/2020/b.md", "_news/a.md")
    ]
    assert [findings(file) for file in found] == [findings(file) for file in here]
    assert [[code for code, _ in findings(file)] for file in found] == [["SC001"], ["TX001"], ["XR001"]]


def findings(file: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(each["code"], each["span"]) for each in file["diagnostics"]]


def test_a_record_is_checked_by_its_address(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"zip://_news/2020/b.md::{packed(feed)}"
    (file,) = shown(capsys, address)
    assert [each["code"] for each in file["diagnostics"]] == ["TX001"]
    assert main([address, "--isolated", "--show-files"]) == 0
    assert capsys.readouterr().out == f"{file['path']}\n" == f"{feed.as_posix()}.zip/_news/2020/b.md\n"


def test_records_are_read_from_a_server(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("aiohttp", reason="fsspec reads from web servers by aiohttp")
    handler = partial(_Silent, directory=str(feed))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            base = f"http://127.0.0.1:{server.server_port}"
            (file,) = shown(capsys, f"{base}/_news/2020/b.md")
            assert [each["code"] for each in file["diagnostics"]] == ["TX001"]
            assert main([f"{base}/_news/none.md"]) == 2
            assert capsys.readouterr().err == f"feedlint: error: {base}/_news/none.md: no such file or folder\n"
        finally:
            server.shutdown()
            thread.join()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://nothing", "no such file or folder"),
        ("zip://::nothing.zip", "no such file or folder"),
        ("zip://::feed/README.md", "File is not a zip file"),
        ("nonsense://x", "Protocol not known: nonsense"),
    ],
)
@pytest.mark.usefixtures("feed")
def test_what_cannot_be_had_is_said(address: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([address]) == 2
    assert capsys.readouterr().err == f"feedlint: error: {address}: {said}\n"


def test_a_record_that_goes_away_is_said(feed: Path) -> None:
    address = next(file for file, below in listed(f"zip://_news::{packed(feed)}") if below == "2020/b.md")
    remote._archive.cache_clear()
    assert read(address, 10_000) == DAMAGED.encode()
    with pytest.raises(TooLarge):
        read(address, 100)
    with pytest.raises(OSError, match="no such file or folder"):
        read(Address(address.url.replace("b.md", "c.md")), 100)


@pytest.mark.parametrize("option", ["--fix", "--staged", "--since=main"])
def test_an_address_is_only_read(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["memory://feed", option]) == 2
    said = "memory://feed is an address: it can be checked, and neither be written nor asked for changes"
    assert capsys.readouterr().err == f"feedlint: error: {said}\n"


def test_without_fsspec_it_is_said_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert main(["memory://feed"]) == 2
    said = "fsspec is not installed: pip install feedlint[distributed]"
    assert capsys.readouterr().err == f"feedlint: error: memory://feed: {said}\n"


# --- a cluster ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals here")
def test_a_cluster_that_loses_a_worker_comes_to_the_same_report(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="distributed is not installed")
    feed = tmp_path / "feed"
    for file in files(3000, 5):
        path = feed / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    monkeypatch.chdir(feed)
    assert main(["--output-format", "json", "--jobs", "1"]) == 1
    alone = capfd.readouterr()
    with cluster(tmp_path, 2) as (address, (first, _)):
        assert main(["--output-format", "json", "--executor", f"dask={address}"]) == 1
        assert capfd.readouterr() == alone
        killer = threading.Timer(0.3, first.send_signal, [signal.SIGKILL])
        killer.start()
        assert main(["--output-format", "json", "--executor", f"dask={address}"]) == 1
        killer.join()
        assert capfd.readouterr().out == alone.out
        assert first.wait(10) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("dask", "no executor 'dask': there is dask=ADDRESS, the address of a scheduler"),
        ("ray=tcp://x", "no executor 'ray=tcp://x': there is dask=ADDRESS, the address of a scheduler"),
        ("dask=nonsense://x", "no scheduler of Dask at nonsense://x: "),
    ],
)
@pytest.mark.usefixtures("feed")
def test_an_executor_that_there_is_not(said: str, error: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--executor", said, "--isolated", "feed"]) == 2
    assert f"feedlint: error: {error}" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--staged", "--since=main", "-"])
def test_an_executor_is_for_whole_feeds(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--executor", "dask=tcp://127.0.0.1:1", option]) == 2
    said = "--executor is for whole feeds: what has changed, and standard input, is looked at here"
    assert capsys.readouterr().err == f"feedlint: error: {said}\n"
