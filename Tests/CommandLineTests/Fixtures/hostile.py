"""Looks for what got through in outputs, by their formats.

usage: hostile.py FOLDER

Every file below FOLDER is what the tool printed, named NUMBER.FORMAT. For each that is wrong a line is
printed: its name, and what. What tries to get through calls itself evil, and is to be found as text alone.
"""

import csv
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree

# As Unicode 15 has them: what is not shown (Default_Ignorable_Code_Point).
UNSEEN = [
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
]


def steers(character):
    if character in "\n\t":
        return False
    if unicodedata.category(character) in ("Cc", "Zl", "Zp"):
        return True
    return any(first <= ord(character) <= last for first, last in UNSEEN)


def check_text(text):
    # What a runner of GitHub takes for a command, wherever it is printed.
    commands = [line for line in text.split("\n") if re.match(r"\s*::\S", line) or "##[" in line]
    assert not commands, f"a command: {commands[0][:60]}"


def check_json(text):
    json.loads(text)


def check_jsonl(text):
    for line in text.splitlines():
        json.loads(line)


def check_csv(text):
    rows = list(csv.reader(io.StringIO(text), strict=True))
    assert len({len(row) for row in rows}) <= 1, "rows are of different lengths"
    for cell in sum(rows, []):
        number = re.fullmatch(r"[-+]?[0-9.]+(e[-+]?[0-9]+)?", cell)
        assert number or not cell.startswith(tuple("=+-@\t\r\n")), f"a formula: {cell[:40]}"


def check_prometheus(text):
    label = r'[a-z_]+="(?:[^"\\\n]|\\[\\"n])*"'
    sample = rf"tcpadvisor_[a-z0-9_]+(?:\{{(?:{label}(?:,{label})*)?\}})? [-+0-9.eInfNa]+"
    for line in text.split("\n"):
        assert not line or line.startswith("# ") or re.fullmatch(sample, line), f"no sample: {line[:60]}"


def check_nagios(text):
    first, *others = text.rstrip("\n").split("\n")
    assert first.count("|") <= 1, "two bars"
    assert not any("|" in line for line in others), "a bar below the first line"
    data = first.partition("|")[2].strip()
    value = r"'[^'=|]+'=[^ ';|]*(;[^ ;]*)*"
    assert not data or re.fullmatch(rf"{value}( {value})*", data), f"no numbers: {data[:60]}"


def check_tap(text):
    check_text(text)
    for line in text.splitlines():
        known = r"TAP version 13|1\.\.\d+( # SKIP .*)?|(not )?ok \d+ - .*|  .*"
        assert re.fullmatch(known, line), f"no line of TAP: {line[:60]}"
        marks = re.findall(r"(?<!\\)(?:\\\\)*#", line) if re.match("(not )?ok", line) else []
        assert len(marks) <= 1 and all(re.search(r"# (SKIP|TODO) ", line) for _ in marks), line[:200]


def check_github(text):
    for line in text.splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert command, f"no annotation: {line[:60]}"
        for pair in command[2].split(","):
            assert re.fullmatch(r"(file|line|endLine|col|endColumn|title)=[^:]*", pair), pair[:60]


def check_xml(text):
    for element in xml.etree.ElementTree.fromstring(text).iter():
        assert "evil" not in element.tag, f"an element {element.tag}"
        assert not any("evil" in name for name in element.keys()), "an attribute"


def check_diff(text):
    lines = text.split("\n")
    for above, line in zip(lines, lines[1:]):
        if line.startswith("+++ "):
            assert above == "---" + line[3:], f"no head: {line[:60]}"
            assert not any(steers(c) for c in line), "the name of a file"


class Page(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        assert "evil" not in tag, f"an element {tag}"
        for name, value in attributes:
            assert "evil" not in name and not name.startswith("on"), f"an attribute {name}"
            if name in ("href", "src", "action"):
                assert not re.match(r"\s*(javascript|data|vbscript):", value or "", re.I), value

    def handle_data(self, data):
        # Nothing of a script or a style is made from what was read.
        assert self.lasttag not in ("script", "style") or "evil" not in data, f"a {self.lasttag}"

    def handle_comment(self, data):
        assert "evil" not in data, "a comment"

    def handle_pi(self, data):
        assert "evil" not in data, "an instruction"


def check_html(text):
    page = Page()
    page.feed(text)
    page.close()


def check_markdown(text):
    if not shutil.which("cmark-gfm"):
        return
    words = ["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "footnotes"]
    page = subprocess.run(words, input=text, capture_output=True, text=True, check=True).stdout
    check_html(page.replace("@<!-- -->", "@"))
    assert not re.search(r"<(a|img|em|strong|del)\b[^>]*>[^<]*evil", page), "markup"
    for row in re.findall(r"<tr>.*?</tr>", page, re.S):
        assert len(re.findall(r"<t[hd]\b", row)) <= 40


CHECKS = {
    "json": check_json, "jsonl": check_jsonl, "sarif": check_json, "gitlab": check_json, "csv": check_csv,
    "prometheus": check_prometheus, "nagios": check_nagios, "tap": check_tap, "github": check_github,
    "junit": check_xml, "checkstyle": check_xml, "html": check_html, "markdown": check_markdown,
    "text": check_text, "diff": check_diff, "emitted": lambda text: None,
}


def complaint(bytes, format):
    try:
        text = bytes.decode()
        found = sorted({f"U+{ord(c):04X}" for c in text if steers(c)})
        # A program that applies it needs it as it is.
        assert not found or format == "diff", f"{' '.join(found[:8])}"
        if text:
            CHECKS[format](text)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as file:
        wrong = complaint(file.read(), name.rpartition(".")[2])
    if wrong:
        print(f"{name}: {ascii(wrong)[1:-1]}")
