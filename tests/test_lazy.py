"""What is loaded later, or in part."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from feedlint.lazy import ftfy
assert ftfy("ftfy.badness").is_bad("Ã©tÃ©")
assert ftfy().fix_text("Ã©tÃ©") == "été"
print("wcwidth" in sys.modules, "ftfy.formatting" in sys.modules)
print(repr(ftfy().display_ljust("a", 3)), "wcwidth" in sys.modules)
import ftfy.formatting
print(repr(ftfy.formatting.display_center("日本", 6)))
"""


def test_ftfy_is_loaded_without_what_aligns_texts_until_that_is_asked_for() -> None:
    ran = subprocess.run([sys.executable, "-X", "utf8", "-c", CODE], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout.splitlines() == ["False False", "'a  ' True", "' 日本 '"]
