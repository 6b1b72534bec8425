"""A fixer as one would write it: read front matter keeping its style, repair some texts, write what has changed.

python round_trip.py FOLDER [--check]     # which writes nothing, and says what would change
"""

import html
import io
import sys
from pathlib import Path

from ruamel.yaml import YAML, YAMLError

yaml = YAML()
yaml.preserve_quotes = True
yaml.width = 1_000_000
yaml.indent(mapping=2, sequence=4, offset=2)
status = 0
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    data = path.read_bytes()
    try:
        _, front, body = data.decode("utf-8").split("---", 2)
        record = yaml.load(front)
        for key in ("title", "excerpt"):
            if isinstance(record.get(key), str):
                record[key] = type(record[key])(html.unescape(record[key]).strip())
        stream = io.StringIO()
        yaml.dump(record, stream)
    except (ValueError, YAMLError, UnicodeDecodeError, AttributeError) as error:
        print(f"{path}: {error}")
        status = 1
        continue
    new = f"---\n{stream.getvalue()}---{body}".encode()
    if new != data.replace(b"\r\n", b"\n"):
        if "--check" in sys.argv:
            print(f"would change {path}")
        else:
            path.write_bytes(new)
sys.exit(status)
