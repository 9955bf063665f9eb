# A host with three network namespaces and connections in two of them, in namespaces of its own.
# usage: host.sh TCPADVISOR FOLDER; writes what the tool says of it into the folder
set -eu
tool=$1
cd "$2"
mount --make-rprivate /
mount -t tmpfs none /run
export PATH=$PATH:/usr/sbin:/sbin
for name in a b c; do ip netns add $name; done
ip link set lo up
ip -n a link set lo up
sysctl -qw net.ipv4.tcp_keepalive_time=180
# What was set on the host is in force in c alone.
ip netns exec c sysctl -qw net.ipv4.tcp_keepalive_time=180
cat >connect.py <<'PYTHON'
import socket, sys, time
port, count, awake = map(int, sys.argv[1:])
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", port))
listener.listen(50)
sockets = []
for number in range(count):
    client = socket.create_connection(("127.0.0.1", port))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, int(number < awake))
    sockets += [client, listener.accept()[0]]
open("ready.%d" % port, "w")
time.sleep(60)
PYTHON
python3 connect.py 5432 6 2 &
ip netns exec a python3 connect.py 6379 3 3 &
tries=0
until [ -f ready.5432 ] && [ -f ready.6379 ]; do
  tries=$((tries + 1)); [ $tries -lt 200 ] || exit 99; sleep 0.05
done
"$tool" snapshot --sockets >snapshot.json
for name in a b c; do "$tool" check --netns $name --json >check.$name || true; done
"$tool" sockets --netns all --profile server --json >sockets || true
