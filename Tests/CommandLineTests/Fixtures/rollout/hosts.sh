# In mount and process namespaces of its own: four hosts, each with a network namespace, a name and files
# of its own, which ansible-playbook reaches by ssh; their sshd speaks over standard input, so nothing
# listens. To be read by scripts that get TCPADVISOR FOLDER ANSIBLE; FOLDER/out has what was emitted.
set -eu
tool=$1 folder=$2 ansible=$3
cd "$folder"
export PATH=$PATH:/usr/sbin:/sbin HOME=$folder ANSIBLE_HOST_KEY_CHECKING=False LC_ALL=C.UTF-8
export ANSIBLE_DEPRECATION_WARNINGS=False ANSIBLE_SSH_ARGS='-F none -o ControlMaster=auto -o ControlPersist=60s'
export ANSIBLE_PIPELINING=True ANSIBLE_SSH_CONTROL_PATH_DIR=$folder/cp
export ANSIBLE_FORKS=2 ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3
mount --make-rprivate /
# What root's shell reads at its start is nobody's business here: it may take its time.
for file in ~root/.bashrc ~root/.zshenv; do [ ! -e "$file" ] || mount --bind /dev/null "$file"; done
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
hostname "$1"
for path in /etc/sysctl.d /var/lib/tcpadvisor /usr/local/bin; do
  mkdir -p "$path"
  mount -t tmpfs none "$path"
done
exec sleep infinity
HOST
echo '[all]' >inventory
for host in a b c d; do
  unshare --net --mount --uts --propagation private sh ./host.sh $host &
  echo $! >"state/$host"
  echo "$host ansible_user=root ansible_ssh_private_key_file=$folder/key" \
    "ansible_ssh_common_args='-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null" \
    "-o LogLevel=ERROR -o ProxyCommand=\"nsenter -t $! -n -m -u $(command -v sshd) -i -f $folder/sshd_config\"'" \
    >>inventory
done
on() { host=$1; shift; nsenter -t "$(cat "state/$host")" -n -m -u "$@"; }
for host in a b c d; do
  tries=0
  until on $host sh -c '[ -z "$(ls -A /usr/local/bin)" ]'; do
    tries=$((tries + 1)); [ $tries -lt 200 ] || exit 99; sleep 0.05
  done
done
key=net.ipv4.tcp_keepalive_time
# What of a log is of a host: how often it changed, and whether it failed.
recap() { sed -n "s/^$1 .*changed=\([0-9]*\).*failed=\([0-9]*\).*/changed \1, failed \2/p" "$2"; }
