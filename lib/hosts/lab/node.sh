#!/bin/sh
# The node of the namespace lab: PID 1 of namespaces of its own, in which everything that a node writes to is a throw-away
# copy. It ends, and with it every process, interface and file of the lab, as soon as its standard input does.
#
#   internet (203.0.113.1, 198.51.100.1) --- vmbr0 (203.0.113.2) node, vnet bridges --- tap…: guests
#
# 802.1Q is not in every kernel, so vmbr0.<tag> is one end of a pair of that name; its other end is the wire outside.
set -eu
here=$1
PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
hostname pve1
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /mnt
for each in etc usr/local var; do
  mkdir -p "/mnt/$each/up" "/mnt/$each/work"
  mount -t overlay overlay -o "lowerdir=/$each,upperdir=/mnt/$each/up,workdir=/mnt/$each/work" "/$each"
done
mount -t tmpfs tmpfs /run
mkdir -p /run/network /var/tmp/network /run/netns /etc/network/interfaces.d /etc/network/if-up.d
install -m 755 "$here/systemctl" /usr/local/sbin/systemctl
install -m 755 "$here/udhcpc-script" /usr/local/sbin/udhcpc-script
ip link set lo up
ip netns add internet
ip link add up0 type veth peer name eth0 netns internet
ip -n internet link set lo up
ip -n internet link set eth0 up
ip -n internet address add 203.0.113.1/24 dev eth0
ip -n internet address add 198.51.100.1/32 dev lo
cat >/etc/network/interfaces <<'END'
auto lo
iface lo inet loopback

auto vmbr0
iface vmbr0 inet static
	address 203.0.113.2/24
	gateway 203.0.113.1
	bridge-ports up0
	bridge-stp off
	bridge-fd 0

source /etc/network/interfaces.d/*
END
ifreload -a
n=0
until grep -qx up /sys/class/net/vmbr0/operstate; do
  n=$((n + 1))
  [ "$n" -lt 250 ]
  sleep 0.02
done
echo ready
exec cat >/dev/null
