# In a network and a mount namespace of its own: what is emitted is applied twice by the program that it
# is for, then again after a value has drifted, and where it can be, taken back.
# usage: live.sh TARGET FOLDER; prints a line for each step, with the value that counts.
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
  shell) sh ./*.sh apply >/dev/null && echo applied ;;
  puppet) puppet apply --detailed-exitcodes ./*.pp >/dev/null 2>&1 && echo 0 || echo $? ;;
  ansible) play 'tasks: [{ansible.builtin.include_tasks: tasks.yml}]' ;;
  ansible-role) play "roles: [{role: $2/tcpadvisor_server}]" ;;
  esac
}
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
