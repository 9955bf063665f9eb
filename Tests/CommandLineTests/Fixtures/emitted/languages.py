"""Builds what is emitted for a language with a program that uses it, runs that against ports of the loopback, and
prints as JSON what the connected socket has, and how it ends.

usage: languages.py LANGUAGE FILE FOLDER GROUP GO: below FOLDER is room for what is built; GO is the go to use
"""

import ctypes
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time

language, file, folder, group, go = sys.argv[1:]
use = os.path.join(os.path.dirname(os.path.abspath(__file__)), "use")
system = ctypes.CDLL(None, use_errno=True)


def run(*words, **places):
    done = subprocess.run(words, capture_output=True, text=True, **places)
    assert done.returncode == 0 and not done.stderr, done.stdout + done.stderr


def python():
    return ["python3", f"{use}/use.py", file, group]


def node():
    return ["node", f"{use}/use.mjs", file, group]


def go_language():
    os.makedirs(f"{folder}/connections")
    shutil.copy(file, f"{folder}/connections")
    shutil.copy(f"{use}/use.go", folder)
    with open(f"{folder}/go.mod", "w") as module:
        module.write("module emitted\ngo 1.23\n")
    cache = os.path.join(os.path.dirname(go), "../go-cache")
    own = {"GOCACHE": os.path.abspath(cache), "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
    run(go, "build", "-o", "use", ".", cwd=folder, env={**os.environ, **own, "HOME": folder})
    run(go, "vet", "./...", cwd=folder, env={**os.environ, **own, "HOME": folder})
    return [f"{folder}/use", group]


def java():
    run("javac", "-Xlint:all", "-Werror", "-d", folder, file, f"{use}/Use.java")
    return ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", folder, "Use", group]


def rust():
    os.makedirs(f"{folder}/src")
    os.makedirs(f"{folder}/.cargo")
    shutil.copy(f"{use}/use.rs", f"{folder}/src/main.rs")
    shutil.copy(file, f"{folder}/src/emitted.rs")
    with open(f"{folder}/Cargo.toml", "w") as manifest:
        manifest.write(
            '[package]\nname = "use"\nversion = "0.0.0"\nedition = "2021"\n'
            '[dependencies]\nsocket2 = { version = ">=0.4", features = ["all"] }\n')
    with open(f"{folder}/.cargo/config.toml", "w") as config:
        config.write(
            '[source.crates-io]\nreplace-with = "system"\n'
            '[source.system]\ndirectory = "/usr/share/cargo/registry"\n')
    run("cargo", "build", "--offline", "--quiet", cwd=folder)
    return [f"{folder}/target/debug/use", group]


def swift():
    run("swiftc", "-swift-version", "6", "-warnings-as-errors", "-parse-as-library", "-o",
        f"{folder}/use", file, f"{use}/use.swift")
    return [f"{folder}/use", group]


def asio():
    run("g++", "-std=c++17", "-Wall", "-Wextra", "-Werror", f'-DEMITTED="{file}"', "-o", f"{folder}/use",
        f"{use}/use.cpp", "-lpthread")
    return [f"{folder}/use", group]


def c():
    with open(file) as text:
        [name] = re.findall(r"^int tcpadvisor_connect_(\w+)\(.*;", text.read(), re.MULTILINE)
    run("cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", f'-DEMITTED="{file}"',
        f"-DCONNECT=tcpadvisor_connect_{name}", f"-DAWAIT=tcpadvisor_await_{name}", "-o", f"{folder}/use",
        f"{use}/use.c")
    return [f"{folder}/use", group]


def connects(its, port):
    try:
        return its.getpeername()[1] == port
    except OSError:
        return False


def options(process, port):
    """The options of its socket that is connected to a port."""
    pidfd = os.pidfd_open(process.pid)
    for name in os.listdir(f"/proc/{process.pid}/fd"):
        copy = system.syscall(438, pidfd, int(name), 0)  # pidfd_getfd
        if copy < 0 or not stat.S_ISSOCK(os.fstat(copy).st_mode):
            # An end of a pipe that is kept would keep its reader waiting.
            copy < 0 or os.close(copy)
            continue
        with socket.socket(fileno=copy) as its:
            if its.family == socket.AF_UNIX or not connects(its, port):
                continue
            names = {4: "TCP_KEEPIDLE", 5: "TCP_KEEPINTVL", 6: "TCP_KEEPCNT", 7: "TCP_SYNCNT",
                     18: "TCP_USER_TIMEOUT"}
            values = {text: its.getsockopt(6, number) for number, text in names.items()}
            return {**values, "SO_KEEPALIVE": its.getsockopt(1, 9)}


builders = {"python": python, "go": go_language, "java": java, "rust": rust, "node": node, "swift": swift,
            "asio": asio, "c": c}
words = builders[language]()


def listener(backlog):
    its = socket.socket()
    its.bind(("127.0.0.1", 0))
    its.listen(backlog)
    return its, its.getsockname()[1]


def client(port):
    return subprocess.Popen(words + [str(port)], stdout=subprocess.PIPE, text=True)


answer = {}
server, port = listener(8)
# Clocks start before what is timed, which a busy machine may let run first.
start = time.monotonic()
process = client(port)
answer["open"] = process.stdout.readline().strip()
peer, _ = server.accept()
answer["options"] = options(process, port)
peer.settimeout(10)
answer["beats"] = peer.recv(4).decode() + peer.recv(4).decode()
answer["beats_seconds"] = time.monotonic() - start
peer.send(b"x")
answer["read"] = process.communicate()[0].strip()
answer["code"] = process.returncode
server.close()
answer["closed"] = client(port).communicate()[0].strip()
silent, port = listener(0)
full = socket.create_connection(("127.0.0.1", port))
start = time.monotonic()
process = client(port)
answer["silent"] = process.communicate()[0].strip()
answer["silent_seconds"] = time.monotonic() - start
print(json.dumps(answer))
