#!/usr/bin/env python3
"""Holds connections on loopback until its input ends: processes, sockets in each.

Every second client has SO_KEEPALIVE. Prints a line once all are there.
"""
import os
import resource
import socket
import sys


def hold(number, sockets):
    listener = socket.socket()
    listener.bind(("127.%d.%d.1" % (1 + number // 200, 1 + number % 200), 7000))
    listener.listen(512)
    held = [listener]
    for index in range(sockets // 2):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, index % 2)
        client.connect(listener.getsockname())
        held += [client, listener.accept()[0]]
    return held


def main():
    processes, sockets = int(sys.argv[1]), int(sys.argv[2])
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    end, keep = os.pipe()
    for number in range(processes):
        ready, done = os.pipe()
        if os.fork() == 0:
            os.close(keep)
            held = hold(number, sockets)
            os.write(done, b"x")
            os.read(end, 1)  # the parent is gone
            os._exit(0)
        os.close(done)
        if not os.read(ready, 1):
            sys.exit("process %d could not open %d sockets" % (number, sockets))
        os.close(ready)
    print("ready", flush=True)
    sys.stdin.read()


main()
