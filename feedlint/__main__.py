"""``python -m feedlint``."""

from __future__ import annotations

from feedlint.cli import run

if __name__ == "__main__":
    run()
