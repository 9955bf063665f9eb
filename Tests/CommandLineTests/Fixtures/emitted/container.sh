# What is emitted for containers, set by what sets it there, in network namespaces of their own.
# usage: container.sh TARGET FOLDER; prints a line for each step, with the values that count.
set -eu
cd "$2"
mount -t tmpfs none /run
values() {
  for key in net.ipv4.tcp_keepalive_time net.ipv4.tcp_rmem; do
    "$@" sysctl -n $key | tr '\t' ' '
  done | paste -sd, -
}
tune() { CNI_COMMAND=$1 /usr/lib/cni/tuning <network.json >answer && echo "$1 0" || echo "$1 $?"; }
case $1 in
cni-tuning)
  export CNI_NETNS=/proc/$$/ns/net CNI_IFNAME=lo CNI_CONTAINERID=x CNI_PATH=/usr/lib/cni
  python3 -c '
import json, sys
network = json.load(sys.stdin)
network.update(cniVersion="0.4.0", name="x", prevResult={"cniVersion": "0.4.0"})
json.dump(network, sys.stdout)' <server.cni.json >network.json
  echo "$(tune ADD): $(values)"
  tune CHECK
  sysctl -qw net.ipv4.tcp_keepalive_time=77
  tune CHECK
  ;;
docker-run | podman-run)
  # The words that the engine is given, as the runtime below it gets them.
  mkdir -p bundle/rootfs/bin stub
  cp /bin/busybox bundle/rootfs/bin/
  ln -s busybox bundle/rootfs/bin/sh
  ln -s busybox bundle/rootfs/bin/sysctl
  printf '#!/bin/sh\nprintf "%%s\\0" "$@"\n' >"stub/${1%-run}"
  chmod +x "stub/${1%-run}"
  PATH=$PWD/stub:$PATH sh "server.${1%-run}.sh" >words
  cd bundle
  runc spec
  python3 - ../words <<'P'
import json, sys
words = open(sys.argv[1]).read().split("\0")[1:-1]
spec = json.load(open("config.json"))
spec["linux"]["sysctl"] = dict(word.split("=", 1) for word in words[1::2])
del spec["linux"]["resources"]
kinds = spec["linux"]["namespaces"]
spec["linux"]["namespaces"] = [kind for kind in kinds if kind["type"] != "cgroup"]
spec["mounts"] = [mount for mount in spec["mounts"] if mount["type"] != "cgroup"]
spec["process"].update(
    terminal=False,
    args=["sh", "-c", "sysctl -n net.ipv4.tcp_keepalive_time; sysctl -n net.ipv4.tcp_rmem"],
)
json.dump(spec, open("config.json", "w"))
P
  echo "inside: $(runc --root /run/runc run "emitted-$$" | tr '\t' ' ' | paste -sd, -)"
  ;;
esac
