#!/bin/sh
# Builds the disk of the VM lab: build-image.sh SUITE FOLDER KEY. A Debian root with the packages a node has (the download
# is kept as FOLDER/SUITE.tar), its kernel as FOLDER/SUITE.kernel, the lab's own files and root's public KEY.
# Needs root, mmdebstrap and e2fsprogs.
set -eu
suite=$1 folder=$2 key=$3
here=$(cd "$(dirname "$0")" && pwd)
packages=systemd-sysv,udev,kmod,dbus,procps,ifupdown2,nftables,dnsmasq-base,iproute2,python3,udhcpc,iputils-ping,sudo,openssh-server
mkdir -p "$folder"
if [ ! -e "$folder/$suite.tar" ]; then
  # The kernel without its initial RAM disk: NVMe and ext4 are built in, so it starts from the disk itself.
  mmdebstrap --quiet --variant=minbase --include="$packages" --skip=cleanup/apt/lists \
    --customize-hook='chroot "$1" sh -euc "
      cd /tmp
      apt-get download -q \$(apt-cache depends linux-image-cloud-amd64 | sed -n \"s/.*Depends: //p\" | head -n 1)
      dpkg --fsys-tarfile linux-image-*.deb | tar -x -C / --keep-directory-symlink
      rm linux-image-*.deb
      depmod \$(ls /lib/modules)"' \
    "$suite" "$folder/$suite.part.tar"
  mv "$folder/$suite.part.tar" "$folder/$suite.tar"
fi
root=$(mktemp -d "$folder/root.XXXXXX")
trap 'rm -rf "$root"' EXIT
tar -x -C "$root" -f "$folder/$suite.tar"
cp "$root"/boot/vmlinuz-* "$folder/$suite.kernel"

echo pve1 >"$root/etc/hostname"
printf '127.0.0.1 localhost\n203.0.113.2 pve1.lab.example pve1\n' >"$root/etc/hosts"
install -d -m 700 "$root/root/.ssh"
printf '%s\n' "$key" >"$root/root/.ssh/authorized_keys"
install -m 755 "$here/node/lab-wires" "$here/node/lab-guests" "$here/../lab/udhcpc-script" "$root/usr/local/sbin"
install -m 644 "$here/node/lab-wires.service" "$here/node/pve-guests.service" "$root/etc/systemd/system"
install -m 644 "$here/node/interfaces" "$root/etc/network/interfaces"
# Debian 13's ifupdown2 fails without the second folder, which its iproute2 has no more; Proxmox's own ifupdown2 has it.
mkdir -p "$root/etc/network/interfaces.d" "$root/etc/iproute2/rt_tables.d"
install -m 644 "$here/node/sdn" "$root/etc/network/interfaces.d/sdn"
chroot "$root" systemctl enable --quiet lab-wires.service pve-guests.service networking.service ssh.service
rm -f "$folder/$suite.disk"
truncate -s 2G "$folder/$suite.disk"
mkfs.ext4 -q -F -d "$root" "$folder/$suite.disk"
