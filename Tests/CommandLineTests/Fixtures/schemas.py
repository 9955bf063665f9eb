"""Holds JSON against published schemas, one text after the other.

    schemas.py SCHEMAS

SCHEMAS is a file with a JSON list of schemas, which are checked themselves first. Every line that is read
is a JSON list: the id of a schema, or null for the one that the text names, and the text. For each a line
is printed: null, or what is wrong as a JSON string.
"""

import json
import sys

import jsonschema


def complaint(validators, name, text):
    try:
        document = json.loads(text)
    except ValueError as error:
        return f"not JSON: {error}"
    if name is None:
        name = document.get("$schema") if isinstance(document, dict) else None
    if not isinstance(name, str) or name not in validators:
        return f"no published schema is named: {name}"
    errors = validators[name].iter_errors(document)
    # What lies deepest belongs to the alternative that was meant.
    deepest = lambda error: (len(error.absolute_path), not error.context)
    error = jsonschema.exceptions.best_match(errors, key=deepest)
    return error and f"{name}: {error.json_path}: {error.message[:500]}"


with open(sys.argv[1]) as file:
    schemas = json.load(file)
validators = {}
for schema in schemas:
    jsonschema.Draft202012Validator.check_schema(schema)
    validators[schema["$id"]] = jsonschema.Draft202012Validator(schema)
for line in sys.stdin:
    print(json.dumps(complaint(validators, *json.loads(line))), flush=True)
