"""Holds YAML documents against a JSON Schema as an editor does.

    validate.py SCHEMA <DOCUMENTS

DOCUMENTS is a JSON list of texts; printed is a JSON list with what is wrong with each, or null.
"""

import json
import re
import sys

import jsonschema
import yaml

# YAML 1.2's core schema: `yes` is text there and a date as well, unlike in PyYAML's YAML 1.1.
PLAIN = [
    (r"null|Null|NULL|~|", lambda text: None),
    (r"true|True|TRUE", lambda text: True),
    (r"false|False|FALSE", lambda text: False),
    (r"[-+]?[0-9]+", int),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
]


def value(node):
    if isinstance(node, yaml.MappingNode):
        return {key.value: value(entry) for key, entry in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value(item) for item in node.value]
    if node.style is None:
        for pattern, convert in PLAIN:
            if re.fullmatch(pattern, node.value):
                return convert(node.value)
    return node.value


def complaint(validator, text):
    try:
        document = value(yaml.compose(text, Loader=yaml.BaseLoader))
    except yaml.YAMLError as error:
        return f"not YAML: {error}"
    error = jsonschema.exceptions.best_match(validator.iter_errors(document))
    return error and f"{error.json_path}: {error.message}"


with open(sys.argv[1]) as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
print(json.dumps([complaint(validator, text) for text in json.load(sys.stdin)]))
