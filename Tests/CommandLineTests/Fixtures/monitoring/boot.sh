# Boots systemd in namespaces of its own, over an overlay of this machine's files, with the units that
# `make install` has put below a folder, and shows what they do.
# usage: boot.sh FOLDER, below which bin/tcpadvisor and lib/systemd/system lie; prints a line for each step
set -eu
folder=$1
if [ "${2-}" != inside ]; then
  mkdir "$folder/root" "$folder/log" "$folder/groups"
  # A control group of its own, which goes again with all that systemd makes below it.
  unshare -m --propagation private sh -euc '
    mount -t cgroup2 none "$1/groups"
    group=$1/groups/tcpadvisor-test-$$
    mkdir "$group"
    code=0
    sh -c "echo \$\$ >\"\$1/cgroup.procs\"; shift; exec \"\$@\"" sh "$group" \
      unshare -mpnuiC --fork --kill-child sh "$0" "$1" inside || code=$?
    find "$group" -depth -type d -exec rmdir {} +
    exit $code' "$0" "$folder" || echo "systemd ended with $?"
  cat "$folder/log/output"
  cat "$folder/log/complaint" >&2
  exit
fi
mount --make-rprivate /
mount -t tmpfs none "$folder/root"
mkdir "$folder/root/upper" "$folder/root/work" "$folder/root/merged"
mount -t overlay overlay "$folder/root/merged" \
  -o "lowerdir=/,upperdir=$folder/root/upper,workdir=$folder/root/work"
cd "$folder/root/merged"
# Nothing but these units starts, and nothing is set: the settings are this machine's.
rm -rf etc/systemd/system ./*/systemd/system/*.wants usr/*/systemd/system/*.wants
mkdir -p etc/systemd/system var/lib/prometheus/node-exporter log
rm -rf var/lib/prometheus/node-exporter/* etc/default/tcpadvisor
chown 0:0 var/lib/prometheus/node-exporter
install -m 0755 "$folder/bin/tcpadvisor" usr/bin/tcpadvisor
install -m 0644 "$folder"/lib/systemd/system/* etc/systemd/system
sed -i 's,^ExecStart=[^ ]*,ExecStart=/usr/bin/tcpadvisor,' etc/systemd/system/tcpadvisor-check.service
mount --bind "$folder/log" log
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs none run
mount -t tmpfs none tmp
mount -t tmpfs none dev
mkdir dev/pts dev/shm
mount -t devpts none dev/pts
ln -s pts/ptmx dev/ptmx
for device in null zero full random urandom tty; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done

cat >log/steps <<'STEPS'
file=/var/lib/prometheus/node-exporter/tcpadvisor.prom
state() { systemctl show --value --property="$1" "$2"; }
echo "timer: $(systemctl is-enabled tcpadvisor-check.timer), $(systemctl is-active tcpadvisor-check.timer)"
systemctl start tcpadvisor-check.service
echo "service: $(state Result tcpadvisor-check.service), $(ls -A /var/lib/prometheus/node-exporter | xargs), $(stat -c '%a %U' $file)"
tcpadvisor check --profile server --format prometheus --fail-on never | cmp - $file && echo "as outside of its sandbox"
echo 'CHECK_OPTIONS="--profile gone"' >/etc/default/tcpadvisor
cp $file /run/before
systemctl start tcpadvisor-check.service
echo "wrong profile: $(state Result tcpadvisor-check.service), $(cmp /run/before $file && echo the file stands)"
echo 'CHECK_OPTIONS="--profile server --profile database-client"' >/etc/default/tcpadvisor
systemctl start tcpadvisor-check.service
echo "two profiles:" $(sed -n 's/^tcpadvisor_check_missed{profile="\([^"]*\).*/\1/p' $file | sort -u)
rm $file
mkdir -p /etc/systemd/system/tcpadvisor-check.timer.d
printf '[Timer]\nOnBootSec=\nOnBootSec=1s\nRandomizedDelaySec=0\n' >/etc/systemd/system/tcpadvisor-check.timer.d/soon.conf
systemctl daemon-reload
systemctl enable --now tcpadvisor-check.timer
tries=0
until [ -s $file ] || [ $tries -gt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
echo "timer: $(systemctl is-enabled tcpadvisor-check.timer), $(systemctl is-active tcpadvisor-check.timer), $(ls -A /var/lib/prometheus/node-exporter | xargs)"
STEPS
cat >etc/systemd/system/steps.service <<'STEPS'
[Unit]
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=oneshot
ExecStart=/bin/sh /log/steps
StandardOutput=file:/log/output
StandardError=file:/log/complaint
STEPS
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=lxc chroot . \
  /lib/systemd/systemd --unit=steps.service --log-target=null --show-status=no
