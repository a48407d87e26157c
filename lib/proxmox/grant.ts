/** Predefined role that brings a privilege with the least beside it (PVE::AccessControl, special roles). */
const ROLES: readonly (readonly [privilege: RegExp, role: string])[] = [
  [/^SDN\.Allocate$/, "PVESDNAdmin"],
  [/^SDN\./, "PVESDNUser"],
  [/\.Audit$/, "PVEAuditor"],
];

/**
 * The command that gives a token a privilege, ready to paste into a node's shell. Where no role but that of a full
 * administrator has it (PVEAdmin lacks Sys.Modify), it makes a role of just this privilege.
 */
export function grantCommand(path: string, tokenId: string, privilege: string): string {
  const known = ROLES.find(([pattern]) => pattern.test(privilege))?.[1];
  const role = known ?? `Trunkline${privilege.replaceAll(".", "")}`;
  const grant = `pveum acl modify ${quote(path)} --tokens ${quote(tokenId, true)} --roles ${role}`;
  return known ? grant : `pveum role add ${role} --privs ${privilege} && ${grant}`;
}

/** Roles are given on the widest path that makes sense: access to a single zone is rarely what is wanted. */
function widened(path: string): string {
  if (/^\/sdn\//.test(path)) return "/sdn";
  if (/^\/nodes\//.test(path)) return "/nodes";
  if (/^\/vms\//.test(path)) return "/vms";
  return path;
}

/** The step after a 403, from its text `Permission check failed (/path, Priv|Other)`. */
export function grantFor(text: string, tokenId: string): string {
  const [, path, privileges] = /\((\/[^,]*),\s*([\w.|]+)/.exec(text) ?? [];
  if (!path || !privileges) return "Give the token the privilege it lacks, in Datacenter, Permissions.";
  const wanted = privileges.split("|");
  const privilege = wanted.find((name) => name.endsWith(".Audit")) ?? wanted[0] ?? "";
  return `Run on a node: ${grantCommand(widened(path), tokenId, privilege)} (a token with separate privileges has no more than its user has, so the user may need the role too).`;
}

/** For a POSIX shell. `!` is expanded by interactive shells even in double quotes, hence single ones. */
function quote(text: string, always = false): string {
  return !always && /^[\w/.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
