"""Runs a command beside a connection of a process that calls itself something.

usage: hostile_process.py NAME COMMAND [ARGUMENT]...    in a network namespace of its own
"""

import fcntl
import os
import socket
import struct
import subprocess
import sys

# A byte that is no UTF-8 comes last.
name = sys.argv[1].encode()[:14] + b"\xff"
with open("/proc/self/comm", "wb") as file:
    file.write(name)
with socket.socket() as device:
    # SIOCSIFFLAGS: the loopback is up and runs.
    fcntl.ioctl(device, 0x8914, struct.pack("16sH14s", b"lo", 0x41, b""))
listener = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname())
accepted, _ = listener.accept()
sys.exit(subprocess.run(sys.argv[2:]).returncode)
