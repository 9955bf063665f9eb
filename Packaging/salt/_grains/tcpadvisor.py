"""Grain `tcpadvisor`: how the TCP settings of this host stand.

It is what `tcpadvisor fleet --format jsonl` says: status, missed, profile ... Lies in _grains of the
file roots. The profiles are those of /etc/default/tcpadvisor (CHECK_OPTIONS), or server. Without the
program there is no grain.
"""

import json
import os
import shlex
import shutil
import subprocess


def _profiles(path):
    """The words of CHECK_OPTIONS that name profiles."""
    words = []
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                name, sign, value = line.strip().partition("=")
                if sign and name == "CHECK_OPTIONS":
                    words = shlex.split(" ".join(shlex.split(value)))
    except (OSError, ValueError):
        pass
    chosen = []
    for previous, word in zip([""] + words, words):
        if previous == "--profile":
            chosen += ["--profile", word]
        elif word.startswith("--profile="):
            chosen.append(word)
    return chosen or ["--profile", "server"]


def tcpadvisor():
    """Returns the grain; nothing where nothing can be told."""
    binary = shutil.which("tcpadvisor", path=os.environ.get("PATH", "") + ":/usr/local/bin")
    if not binary:
        return {}
    profiles = _profiles(os.environ.get("TCPADVISOR_DEFAULTS", "/etc/default/tcpadvisor"))
    snapshot = subprocess.run(
        [binary, "snapshot", "--compact"], capture_output=True, check=False, timeout=60
    )
    judged = subprocess.run(
        [binary, "fleet", "-", "--no-namespaces", "--format", "jsonl", *profiles],
        input=snapshot.stdout, capture_output=True, check=False, timeout=60,
    )
    try:
        row = json.loads(judged.stdout)
    except ValueError:
        return {}
    return {"tcpadvisor": row} if row.get("type") == "host" else {}
