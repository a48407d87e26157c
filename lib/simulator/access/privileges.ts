/** Rights on a path and everything below it; a grant on a deeper path replaces the shallower one. */
export interface Grant {
  readonly path: string;
  readonly privileges: readonly string[];
}

const administrator = [
  "Datastore.Allocate Datastore.AllocateSpace Datastore.AllocateTemplate Datastore.Audit Group.Allocate",
  "Mapping.Audit Mapping.Modify Mapping.Use Permissions.Modify Pool.Allocate Pool.Audit Realm.Allocate",
  "Realm.AllocateUser SDN.Allocate SDN.Audit SDN.Use Sys.AccessNetwork Sys.Audit Sys.Console Sys.Incoming",
  "Sys.Modify Sys.PowerMgmt Sys.Syslog User.Modify VM.Allocate VM.Audit VM.Backup VM.Clone VM.Config.CDROM",
  "VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk VM.Config.HWType VM.Config.Memory VM.Config.Network",
  "VM.Config.Options VM.Console VM.GuestAgent.Audit VM.GuestAgent.FileRead VM.GuestAgent.FileSystemMgmt",
  "VM.GuestAgent.FileWrite VM.GuestAgent.Unrestricted VM.Migrate VM.PowerMgmt VM.Replicate VM.Snapshot",
  "VM.Snapshot.Rollback",
];

/** The privileges of the built-in roles a scene may use. */
export const roles = {
  Administrator: administrator.flatMap((line) => line.split(" ")),
  PVEAuditor: [
    "Datastore.Audit",
    "Mapping.Audit",
    "Pool.Audit",
    "SDN.Audit",
    "Sys.Audit",
    "VM.Audit",
    "VM.GuestAgent.Audit",
  ],
  PVESDNAdmin: ["SDN.Allocate", "SDN.Audit", "SDN.Use"],
} as const;

function covers(grant: string, path: string): boolean {
  return grant === "/" || path === grant || path.startsWith(`${grant}/`);
}

/** The privileges these grants give on `path`. */
export function privilegesOn(grants: readonly Grant[], path: string): readonly string[] {
  let best: Grant | undefined;
  for (const grant of grants)
    if (covers(grant.path, path) && (best === undefined || grant.path.length > best.path.length)) best = grant;
  return best?.privileges ?? [];
}

const wellKnownPaths = ["/", "/access", "/access/groups", "/mapping", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

/** path → privilege → 1, as GET /access/permissions shows it; paths without any privilege are left out. */
export function permissionMap(grants: readonly Grant[], path: string | undefined): Record<string, Record<string, 1>> {
  const paths = path === undefined ? [...wellKnownPaths, ...grants.map((grant) => grant.path)] : [path];
  const map: Record<string, Record<string, 1>> = {};
  for (const one of paths) {
    const found = privilegesOn(grants, one);
    if (found.length > 0 || path !== undefined) map[one] = Object.fromEntries(found.map((name) => [name, 1 as const]));
  }
  return map;
}
