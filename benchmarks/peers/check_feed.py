"""What a user would write: check the front matter of each file against a JSON Schema, and print what is wrong.

python check_feed.py SCHEMAS FOLDER
"""

import json
import sys
from pathlib import Path

import frontmatter
import jsonschema
import yaml
from referencing import Registry, Resource


class Loader(yaml.CSafeLoader):
    """Reads dates as text, as JSON has them."""


class Handler(frontmatter.YAMLHandler):
    """Reads front matter by it."""

    def load(self, fm, **_):
        """Return the data of the front matter *fm*."""
        return yaml.load(fm, Loader)


for first, kinds in yaml.CSafeLoader.yaml_implicit_resolvers.items():
    Loader.yaml_implicit_resolvers[first] = [kind for kind in kinds if not kind[0].endswith("timestamp")]

schemas = [json.loads(path.read_text(encoding="utf-8")) for path in Path(sys.argv[1]).glob("*.json")]
registry = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas)
places = {place: schema for schema in schemas for place in schema.get("x-feedlint-collections", ())}
status = 0
for place, schema in places.items():
    validator = jsonschema.Draft202012Validator(schema, registry=registry)
    for path in sorted(Path(sys.argv[2], place).rglob("*.md")):
        try:
            errors = list(validator.iter_errors(frontmatter.load(str(path), handler=Handler()).metadata))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            errors = [error]
        for error in errors:
            print(f"{path}: {getattr(error, 'message', error)}")
            status = 1
sys.exit(status)
