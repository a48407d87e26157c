/**
 * The fixed parts of the scripts, plain POSIX sh. Nothing of a layout or a person ever gets into them as text: what varies
 * is checked by its form (names, keys, addresses) or embedded as base64 with its checksum.
 */
export const PROLOGUE: readonly string[] = [
  `# Installs Trunkline's host agent on this node. Read it, compare its checksum, then run it as root:
#   sh SCRIPT               installs, or brings up to date
#   sh SCRIPT --uninstall   takes the services, the agent and the key off the node again
#   sh SCRIPT --root DIR    writes into a folder instead, and starts nothing
# The long blocks are files in base64, each with its SHA-256. To see one: base64 -d, or look at the file once it is there.`,
  `set -eu
umask 022
LC_ALL=C
PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
root=""
mode=install
while [ $# -gt 0 ]; do
  case "$1" in
    --uninstall) mode=uninstall ;;
    --root) [ $# -gt 1 ] || { echo "--root needs a folder" >&2; exit 2; }; root=$2; shift ;;
    *) echo "unknown option $1" >&2; exit 2 ;;
  esac
  shift
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT`,
  `say() { printf '%s\\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need python3 python3
need nft nftables
need dnsmasq dnsmasq-base
need ip iproute2
need base64 coreutils`,
  `# Nothing is touched before all of this holds.
begin() {
  [ -z "$root" ] || { mkdir -p "$root"; return 0; }
  [ "$(id -u)" = 0 ] || fail "Run this as root."
  here=$(hostname -s)
  [ "$here" = "$node" ] || fail "This script was made for $node, and this is $here."
  [ -z "$missing" ] || fail "Packages are missing. Run: apt-get install -y --no-install-recommends$missing"
  grep -Eqs '^[[:space:]]*source(-directory)?[[:space:]]+/etc/network/interfaces\\.d(/\\*)?[[:space:]]*$' /etc/network/interfaces ||
    fail "/etc/network/interfaces does not read /etc/network/interfaces.d. Add the line: source /etc/network/interfaces.d/*"
}`,
  `# Reads base64, compares the checksum, leaves the file in $work/embedded.
embedded() {
  base64 -d >"$work/embedded"
  printf '%s  %s\\n' "$1" "$work/embedded" | sha256sum -c --status || fail "A part of this script is damaged. Fetch it again."
}`,
  `# place TARGET MODE SHA256: writes beside the target under a name nobody reads, then renames.
place() {
  target=$root$1
  embedded "$3"
  if [ -f "$target" ] && cmp -s "$work/embedded" "$target" && [ "$(stat -c %a "$target")" = "\${2#0}" ]; then
    say "$1: unchanged"
    return 0
  fi
  case "$1" in /etc/sudoers.d/*)
    if command -v visudo >/dev/null 2>&1; then visudo -cqf "$work/embedded" || fail "sudo does not take the rule."; fi ;;
  esac
  folder=$(dirname "$target")
  mkdir -p "$folder"
  new=$folder/.trunkline-new
  cp "$work/embedded" "$new"
  chmod "$2" "$new"
  sync "$new"
  mv -f "$new" "$target"
  say "$1: written"
}`,
  `# The user whose only key may start the agent's verbs. Its files belong to root, so it cannot give itself more.
add_user() {
  [ -z "$root" ] || return 0
  if ! id trunkline >/dev/null 2>&1; then
    useradd --system --user-group --no-create-home --home-dir /var/lib/trunkline-ssh --shell /bin/sh trunkline
    # "*": no password works, and sshd does not take the account for a locked one.
    usermod --password '*' trunkline
    say "user trunkline: added"
  fi
}`,
];

/** Reload and start, where this is a running node. */
export const FINISH = `if [ -z "$root" ]; then
  systemctl daemon-reload
  systemctl enable trunkline-host.service trunkline-table.service
  systemctl enable --now trunkline-host.timer
  say "agent: $(/usr/local/sbin/trunkline-host version)"
fi`;

/** Stands before anything is installed: with --uninstall the script ends here. */
export const UNINSTALL = `if [ "$mode" = uninstall ]; then
  [ -n "$root" ] || [ "$(id -u)" = 0 ] || fail "Run this as root."
  # First what the agent owns, with the agent; when that fails the agent stays, or nobody could remove it any more.
  if [ -x "$root/usr/local/sbin/trunkline-host" ] && [ -z "$root" ]; then
    /usr/local/sbin/trunkline-host remove || fail "The services could not be removed; see above. The agent is still there."
    systemctl disable --now trunkline-host.timer trunkline-host.service trunkline-table.service || true
  fi
  for each in /usr/local/sbin/trunkline-host /usr/local/sbin/trunkline-host-ssh /usr/local/sbin/trunkline-seed \\
    /etc/systemd/system/trunkline-host.service /etc/systemd/system/trunkline-host.timer \\
    /etc/systemd/system/trunkline-dhcp@.service /etc/systemd/system/trunkline-table.service /etc/network/if-up.d/trunkline /etc/sudoers.d/trunkline-host \\
    /var/lib/trunkline-ssh/.ssh/authorized_keys; do
    [ ! -e "$root$each" ] || { rm -f "$root$each"; say "$each: removed"; }
  done
  rmdir "$root/var/lib/trunkline-ssh/.ssh" "$root/var/lib/trunkline-ssh" 2>/dev/null || true
  if [ -z "$root" ]; then
    systemctl daemon-reload
    if id trunkline >/dev/null 2>&1; then userdel trunkline; say "user trunkline: removed"; fi
  fi
  exit 0
fi`;

/** Hands the state to the agent, and ends as the agent ends. */
export const PUT = `say "state: put"
set +e
"$root/usr/local/sbin/trunkline-host" put \${root:+--root "$root"} <"$work/embedded"
exit $?`;
