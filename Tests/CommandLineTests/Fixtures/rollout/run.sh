# What becomes of four hosts that the roll-out of a built-in profile reaches; prints lines for each step.
# usage: run.sh TCPADVISOR FOLDER ANSIBLE
. "$(dirname "$0")/hosts.sh"
# Snapshots are judged where this build can.
skip=
"$tool" | grep -q '^  fleet ' || skip='--skip-tags fleet'
# How each host ended, and what it has.
play() {
  name=$1
  shift
  code=0
  # shellcheck disable=SC2086
  "$ansible" -i inventory $skip -e "tcpadvisor_binary=$tool" -e '{"tcpadvisor_serial": [1, 1, 2]}' \
    -e tcpadvisor_budget=3s "$@" out/tcpadvisor_server_rollout.yml >"$name.log" 2>&1 || code=$?
  echo "$name: exit $code"
  for host in a b c d; do
    recap=$(recap $host "$name.log")
    files=$(on $host ls /etc/sysctl.d | xargs)
    echo "  $host: ${recap:-not there}; $(on $host sysctl -n $key) ${files:-no file}"
  done
}
play checked --check --diff
echo "lines that --diff shows: $(grep -c '^+net.ipv4.tcp_keepalive_time = 180' checked.log)"
# Nothing can be set on b, the second batch: c and d are the third.
on b sh -c 'mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro /proc/sys'
play refused
on b umount /proc/sys
play first
play second
# What every host was given is not what the profile asks: the first one to be judged ends it.
play missed -e '{"tcpadvisor_sysctls": {"net.ipv4.tcp_syn_retries": "6",
  "net.ipv4.tcp_retries2": "15", "net.ipv4.tcp_keepalive_time": "7200",
  "net.ipv4.tcp_keepalive_intvl": "75", "net.ipv4.tcp_keepalive_probes": "9"}}' --tags apply
grep -o 'missed: server.idle.within: ends after [^"]*' missed.log | head -1
play undone -e tcpadvisor_undo=true
python3 - <<'CHECK'
import glob, json
for path in sorted(glob.glob("out/tcpadvisor-snapshots/*.json")):
    snapshot = json.load(open(path))
    print(path, snapshot["command"], snapshot["sysctls"]["net.ipv4.tcp_keepalive_time"])
CHECK
echo "measured on $(grep -A8 'TASK.*Measure the plan on one host' first.log | grep -c '^ok:') of 4"
