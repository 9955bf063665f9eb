# In a network and a mount namespace of its own: what is emitted is applied twice by the program that it
# is for, then again after a value has drifted, and where it can be, taken back.
# In a process namespace, too, so that daemons end with it.
# usage: live.sh TARGET FOLDER PEERS; prints a line for each step, with the value that counts.
set -eu
mount -t tmpfs none /etc/sysctl.d
mkdir -p /var/lib/tcpadvisor
mount -t tmpfs none /var/lib/tcpadvisor
mount -t tmpfs none /run
export HOME=/run ANSIBLE_LOCALHOST_WARNING=False ANSIBLE_INVENTORY_UNPARSED_WARNING=False
cd "$2"
key=net.ipv4.tcp_keepalive_time
play() {
  printf -- '- hosts: localhost\n  connection: local\n  gather_facts: false\n  %s\n' "$1" >play.yml
  shift
  ansible-playbook -i localhost, "$@" play.yml | sed -n 's/.*changed=\([0-9]*\).*failed=\([0-9]*\).*/changed \1 failed \2/p'
}
apply() {
  case $1 in
  # By one loader, and by the other after a drift.
  sysctl)
    sysctl -qp ./*.conf
    procps=$(sysctl -n $key)
    sysctl -qw $key=77
    /lib/systemd/systemd-sysctl "$PWD"/*.conf
    echo "procps $procps, systemd"
    ;;
  shell) sh ./*.sh apply >/dev/null && echo applied ;;
  puppet) puppet apply --detailed-exitcodes ./*.pp >/dev/null 2>&1 && echo 0 || echo $? ;;
  ansible) play 'tasks: [{ansible.builtin.include_tasks: tasks.yml}]' ;;
  ansible-role) play "roles: [{role: $2/tcpadvisor_server}]" ;;
  salt)
    "$3/python3" "$3/salt-call" --local --config-dir=/run/salt --retcode-passthrough \
      --out=json state.apply "$(basename ./*.sls .sls)" >states.json 2>salt.log || cat salt.log >&2
    python3 -c '
import json
states = json.load(open("states.json"))["local"].values()
print("changed", sum(bool(s["changes"]) for s in states), "failed", sum(not s["result"] for s in states))'
    ;;
  esac
}
if [ "$1" = salt ]; then
  mkdir -p /run/salt /run/root
  printf '%s\n' "root_dir: /run/root" "file_client: local" "file_roots: {base: [$2]}" "id: a" \
    >/run/salt/minion
fi
# A daemon applies it, verifies it and takes it back when it ends.
if [ "$1" = tuned ]; then
  for folder in /etc/tuned /var/log; do mount -t tmpfs none "$folder"; done
  mkdir -p /run/dbus /run/tuned /var/log/tuned
  cp -r tcpadvisor-server /etc/tuned/
  printf 'dynamic_tuning = 0\nreapply_sysctl = 0\n' >/etc/tuned/tuned-main.conf
  dbus-daemon --system --fork --nopidfile
  tuned -p tcpadvisor-server -P /run/tuned.pid -l /run/tuned.log --no-socket &
  daemon=$!
  tries=0
  until [ "$(sysctl -n $key)" = 180 ] && tuned-adm active 2>/dev/null | grep -q tcpadvisor; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { cat /run/tuned.log >&2; exit 99; }
    sleep 0.1
  done
  verify() { tuned-adm verify >/dev/null && echo 0 || echo $?; }
  echo "first: $(verify), $(sysctl -n $key)"
  sysctl -qw $key=77
  echo "drifted: $(verify), $(sysctl -n $key)"
  kill $daemon
  wait $daemon || true
  echo "undone: $(sysctl -n $key)"
  exit
fi
[ "$1" = ansible ] && cp ./*-tasks.yml tasks.yml
if [ "$1" = ansible-role ]; then
  echo "checked: $(play "roles: [{role: $2/tcpadvisor_server}]" --check --diff), $(sysctl -n $key)"
fi
for step in first second; do echo "$step: $(apply "$@"), $(sysctl -n $key)"; done
sysctl -qw $key=77
echo "drifted: $(apply "$@"), $(sysctl -n $key)"
if [ "$1" = shell ]; then
  sh ./*.sh undo >/dev/null
  echo "undone: $(sysctl -n $key), $(ls /etc/sysctl.d | wc -l) files"
fi
