# In mount and process namespaces of its own: four hosts, each with a network namespace and files of its
# own, which ansible-playbook reaches by ssh; their sshd speaks over standard input, so nothing listens.
# usage: run.sh TCPADVISOR FOLDER ANSIBLE; FOLDER/out has what was emitted; prints a line for each step
set -eu
tool=$1 folder=$2 ansible=$3
cd "$folder"
export PATH=$PATH:/usr/sbin:/sbin HOME=$folder ANSIBLE_HOST_KEY_CHECKING=False LC_ALL=C.UTF-8
export ANSIBLE_DEPRECATION_WARNINGS=False ANSIBLE_SSH_ARGS='-F none -o ControlMaster=auto -o ControlPersist=60s'
export ANSIBLE_PIPELINING=True ANSIBLE_SSH_CONTROL_PATH_DIR=$folder/cp
export ANSIBLE_FORKS=2 ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3
mount --make-rprivate /
mkdir -p state /run/sshd
ssh-keygen -q -t ed25519 -N '' -f key
cp key.pub authorized
chmod 600 authorized
cat >sshd_config <<CONFIG
HostKey $folder/key
AuthorizedKeysFile $folder/authorized
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
Subsystem sftp internal-sftp
CONFIG
cat >host.sh <<'HOST'
for path in /etc/sysctl.d /var/lib/tcpadvisor /usr/local/bin; do
  mkdir -p "$path"
  mount -t tmpfs none "$path"
done
exec sleep infinity
HOST
echo '[all]' >inventory
for host in a b c d; do
  unshare --net --mount --propagation private sh ./host.sh &
  echo $! >"state/$host"
  echo "$host ansible_user=root ansible_ssh_private_key_file=$folder/key" \
    "ansible_ssh_common_args='-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null" \
    "-o LogLevel=ERROR -o ProxyCommand=\"nsenter -t $! -n -m $(command -v sshd) -i -f $folder/sshd_config\"'" \
    >>inventory
done
on() { host=$1; shift; nsenter -t "$(cat "state/$host")" -n -m "$@"; }
for host in a b c d; do
  tries=0
  until on $host sh -c '[ -z "$(ls -A /usr/local/bin)" ]'; do
    tries=$((tries + 1)); [ $tries -lt 200 ] || exit 99; sleep 0.05
  done
done
# Snapshots are judged where this build can.
skip=
"$tool" | grep -q '^  fleet ' || skip='--skip-tags fleet'
key=net.ipv4.tcp_keepalive_time
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
    recap=$(sed -n "s/^$host .*changed=\([0-9]*\).*failed=\([0-9]*\).*/changed \1, failed \2/p" "$name.log")
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
