# The same with a profile that is not built in, which extends another file, and that programs have to meet
# a part of; prints lines for each step.
# usage: own.sh TCPADVISOR FOLDER ANSIBLE
. "$(dirname "$0")/hosts.sh"
# Another one of the administrator's beside it.
cp extra.yaml "$folder/other.yaml"
play() {
  name=$1
  shift
  code=0
  "$ansible" -i inventory -e "tcpadvisor_binary=$tool" -e '{"tcpadvisor_serial": [2, 2]}' \
    -e '{"tcpadvisor_measure_codes": [0, 2]}' -e tcpadvisor_budget=3s "$@" \
    out/tcpadvisor_own_rollout.yml >"$name.log" 2>&1 || code=$?
  echo "$name: exit $code"
  for host in a b c d; do echo "  $host: $(recap $host "$name.log"); $(on $host sysctl -n $key)"; done
}
play checked --check
play first
play second
grep -o '4 hosts judged[^"]*\|such as a, b, c' first.log | head -2
on a find /var/lib/tcpadvisor -name '*.yaml' | sort
play other -e '{"tcpadvisor_profiles": ["'"$folder"'/other.yaml"]}' --tags install,judge,apply
on a find /var/lib/tcpadvisor -name '*.yaml' | sort
