"""Compares what was emitted for a hostile profile with what was emitted for a harmless one.

usage: skeleton.py HOSTILE HARMLESS

Both are JSON of emit. But for comments and what stands in quotation marks both have to be the same. Names
that are made from the profile's have evil in them, or harmless.
"""

import json
import re
import sys

SLASHES = {
    "c", "go", "java", "rust", "node", "swift", "swift-nio", "asio", "netty", "dotnet", "windows", "macos",
    "lettuce",
}
STRING = r'"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'"


def skeleton(target, text):
    if target in SLASHES:
        # Comments and strings in the order in which they begin.
        text = re.sub(rf"//[^\n]*|/\*.*?\*/|{STRING}", lambda m: "S" if m[0][0] in "\"'" else "", text, flags=re.S)
    else:
        lines = [line for line in text.split("\n") if not re.match(r"\s*([#;]|//|--|%%)", line)]
        text = re.sub(STRING + r"|''", "S", "\n".join(lines))
    text = re.sub(r"[\w.-]*(evil|harmless)[\w.-]*", "ID", text, flags=re.I)
    lines = [line.rstrip() for line in text.split("\n")]
    # How many lines a text is folded to depends on it.
    return [line for line in lines if line and not re.fullmatch(r"\s*S,?", line)]


def files(path):
    with open(path) as file:
        return {(file["target"], file["name"]): file["text"] for file in json.load(file)["files"]}


hostile, harmless = files(sys.argv[1]), files(sys.argv[2])
if hostile.keys() != harmless.keys():
    print("files:", sorted(hostile.keys() ^ harmless.keys()))
# A table for people has its texts in columns, without quotation marks.
tables = {"sockets"}
for (target, name), text in hostile.items():
    if target in tables:
        continue
    one, other = skeleton(target, text), skeleton(target, harmless.get((target, name), ""))
    if one != other:
        pairs = [(a, b) for a, b in zip(one + ["(end)"], other + ["(end)"]) if a != b]
        print(f"{target} {name}: {ascii(pairs[0])[:400]}")
