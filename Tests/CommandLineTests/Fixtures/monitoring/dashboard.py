# Holds a dashboard against the types that Grafana publishes for Python: what they do not know, or know
# differently, does not come back from them.
# usage: dashboard.py FILE; prints a line for each such field
import json
import sys

from grafana_foundation_sdk.cog import plugins
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard


def compare(ours, theirs, path):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name, value in ours.items():
            if name in theirs:
                compare(value, theirs[name], f"{path}.{name}")
            else:
                print(f"{path}.{name}: unknown")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, pair in enumerate(zip(ours, theirs)):
            compare(*pair, f"{path}[{index}]")
    elif ours != theirs:
        print(f"{path}: {ours!r} is taken for {theirs!r}")


plugins.register_default_plugins()
with open(sys.argv[1]) as file:
    dashboard = json.load(file)
compare(dashboard, json.loads(JSONEncoder().encode(Dashboard.from_json(dashboard))), "")
