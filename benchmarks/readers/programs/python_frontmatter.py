"""Reads every file of a folder with python-frontmatter; prints JSON: {name: reading}. Run with its own Python."""

import json
import math
import sys
from datetime import date, datetime, timezone
from pathlib import Path

import frontmatter  # type: ignore[import-not-found, unused-ignore]


def plain(value: object, nodes: list[int], depth: int = 0) -> object:
    """Return *value* as JSON has it; what JSON has no word for is a map with one key that begins with "$"."""
    nodes.append(depth)
    if len(nodes) > 10000 or depth > 500:  # an alias can make data without end
        raise ValueError("too much data")
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: plain(inner, nodes, depth + 1) for key, inner in value.items()}
        return {"$map": [plain(list(pair), nodes, depth + 1) for pair in value.items()]}
    if isinstance(value, list):
        return [plain(inner, nodes, depth + 1) for inner in value]
    if isinstance(value, datetime):
        utc = value if value.tzinfo is None else value.astimezone(timezone.utc)
        return {"$date": utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03}Z"}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": str(value)}
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    if value is None or isinstance(value, (str, int, float)):
        return value
    return {"$other": type(value).__name__}


def read(path: Path) -> dict[str, object]:
    """Return what is read from the file at *path*."""
    try:
        text = path.read_text(encoding="utf-8").strip()
        post = frontmatter.load(str(path))
        if not frontmatter.check(str(path)) or post.content == text:  # it opens; does it close?
            return {"found": False}
        return {"found": True, "data": plain(post.metadata, []), "body": post.content}
    except Exception as error:  # noqa: BLE001  (whatever a reader raises is what it has to say)
        return {"error": f"{type(error).__name__}: {error}".splitlines()[0]}


files = sorted(Path(sys.argv[1]).iterdir())
sys.setrecursionlimit(10000)
sys.stdout.write(json.dumps({file.name: read(file) for file in files}))
