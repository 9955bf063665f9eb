#!/bin/bash
set -e
sysctl -w net.ipv4.tcp_retries2=8 net.ipv4.tcp_syn_retries="3"
echo 30 > /proc/sys/net/ipv4/tcp_fin_timeout
cat >/etc/sysctl.d/a.conf <<EOF
net.ipv4.tcp_tw_recycle = 1
EOF
printf "%s" 1 | tee /proc/sys/net/ipv4/ip_forward
docker run --sysctl net.ipv4.tcp_keepalive_time=60 x
