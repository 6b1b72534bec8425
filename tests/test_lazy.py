"""What is loaded later, or in part."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from feedlint import lazy

DAMAGE = """
import sys
from feedlint.rules.tx.damage import examine
assert examine("a cafÃ©").first == "é"
assert not {"ftfy.chardata", "ftfy.fixes", "wcwidth"} & {*sys.modules}
"""
CODECS = """
import sys
from feedlint.rules.tx.codepages import origins
assert origins("РїСЂРёРІРµС‚")[0].text == "привет"
assert b"\\x81".decode("sloppy-windows-1252") == "\\x81"
assert not {"ftfy.chardata", "ftfy.fixes", "wcwidth"} & {*sys.modules}
"""
WHOLE = """
import ftfy
assert ftfy.fix_text("Ã©tÃ©") == "été"
"""
OTHERS = """
import ftfy, ftfy.formatting
assert ftfy.fix_text("Ã©tÃ©") == "été" and ftfy.__version__ and ftfy.__file__
assert ftfy.badness.is_bad("Ã©tÃ©") and ftfy.bad_codecs.sloppy.CODECS and ftfy.fixes and ftfy.chardata
assert ftfy.formatting.display_center("日本", 6) == " 日本 "
assert {"fix_text", "badness", "fixes"} <= {*dir(ftfy)}
from ftfy import *
assert fix_text("Ã©tÃ©") == "été"
"""


@pytest.mark.parametrize(
    "code",
    [
        *(DAMAGE, CODECS, OTHERS, DAMAGE + CODECS, DAMAGE + CODECS + OTHERS, CODECS + OTHERS, DAMAGE + WHOLE),
        OTHERS + (DAMAGE + CODECS).replace("assert not", "0 and"),
    ],
)
def test_ftfy_is_loaded_in_part_and_others_get_it_whole(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_package_is_loaded_when_a_name_of_its_own_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    (tmp_path / "outer" / "__init__.py").write_text("")
    (tmp_path / "outer" / "inner" / "__init__.py").write_text("print('loaded')\nfrom outer.inner.part import ONE\n")
    (tmp_path / "outer" / "inner" / "part.py").write_text("print('part')\nONE = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    lazy.package("outer.inner")
    lazy.package("outer.inner")
    assert lazy.module("outer.inner.part").ONE == 1
    assert capsys.readouterr().out == "part\n"
    inner = lazy.module("outer").inner
    assert inner is sys.modules["outer.inner"]
    assert inner.part.ONE == 1
    assert capsys.readouterr().out == ""
    assert inner.ONE == 1
    assert capsys.readouterr().out == "loaded\n"
    with pytest.raises(AttributeError, match="has no attribute 'two'"):
        _ = inner.two
    assert inner.__name__ == inner.__package__ == "outer.inner"


def test_a_name_that_two_threads_ask_for_is_there_for_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "gate.py").write_text("from threading import Event\nSTARTED, GO = Event(), Event()\n")
    begin = "from slow import gate\ngate.STARTED.set()\nassert gate.GO.wait(30)\nONE = 1\n"
    (tmp_path / "slow" / "__init__.py").write_text(begin)
    monkeypatch.syspath_prepend(str(tmp_path))
    lazy.package("slow")
    slow, gate_module = lazy.module("slow"), lazy.module("slow.gate")
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(getattr, slow, "ONE")
        assert gate_module.STARTED.wait(30)
        second = threads.submit(getattr, slow, "ONE")
        done, _ = wait([second], timeout=0.2)
        gate_module.GO.set()
        assert (first.result(), second.result(), done) == (1, 1, set())
    with pytest.raises(AttributeError, match="has no attribute 'two'"):
        _ = slow.two


def test_what_is_no_package_is_left_alone() -> None:
    for name in ("no_such_package_here", "fractions", "os"):
        before = sys.modules.get(name)
        lazy.package(name)
        assert sys.modules.get(name) is before
