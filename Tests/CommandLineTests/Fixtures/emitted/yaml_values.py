# Prints the numbers of a YAML file, each with the path to it, as JSON.
# usage: yaml_values.py FILE
import json
import sys

import yaml

found = {}


def walk(node, path):
    if isinstance(node, dict):
        for key, value in node.items():
            walk(value, path + [str(key)])
    elif isinstance(node, list):
        for value in node:
            name = value.get("description") if isinstance(value, dict) else None
            walk(value["int_value"] if name else value, path + ([name] if name else []))
    else:
        found[".".join(path)] = str(node)


with open(sys.argv[1], encoding="utf-8") as file:
    walk(yaml.safe_load(file), [])
json.dump(found, sys.stdout)
