"""One check under atheris, which looks for inputs that reach code not reached before.

``python -m fuzz.guided CHECK FOLDER [libFuzzer's options] CORPUS`` is what :mod:`fuzz.run` starts; it ends only when
libFuzzer says so.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path
from random import Random

import atheris


def main(argv: list[str]) -> None:
    """Hunt for what breaks the check, and with the options, that *argv* names."""
    with atheris.instrument_imports(include=["feedlint"]):
        import feedlint

        for module in pkgutil.walk_packages(feedlint.__path__, "feedlint."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)  # also what would be imported late, and pass unseen
    from fuzz.feeds import mutated
    from fuzz.hunt import Hunt

    hunt = Hunt(argv[1], Path(argv[2]))
    is_feed = hunt.name not in ("configuration", "baseline")

    def changed(data: bytes, max_size: int, seed: int) -> bytes:
        random = Random(seed)
        if not is_feed or random.random() < 0.4:
            result: bytes = atheris.Mutate(data, max_size)
            return result
        return mutated(data, random)[:max_size]

    atheris.Setup([argv[0], *argv[3:]], hunt.put, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
