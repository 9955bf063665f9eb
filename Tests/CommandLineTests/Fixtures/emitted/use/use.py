"""Connects as the emitted module says: use.py MODULE GROUP PORT."""
import errno
import importlib.util
import sys

spec = importlib.util.spec_from_file_location("emitted", sys.argv[1])
emitted = importlib.util.module_from_spec(spec)
spec.loader.exec_module(emitted)
group = emitted.CONNECTIONS[sys.argv[2]]
try:
    connection = group.connect(("127.0.0.1", int(sys.argv[3])))
except OSError as error:
    sys.exit(print(errno.errorcode[error.errno]))
print("connected", flush=True)
print("read", len(group.receive(connection, 16, lambda connection: connection.send(b"beat"))))
