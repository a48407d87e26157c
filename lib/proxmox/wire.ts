import * as z from "zod";
import type { EntityKind } from "@/lib/core/plan/entity";
import { isReadable } from "./fields";

/**
 * Answers as they really are. Perl gives numbers and booleans now as numbers, now as texts, so both are taken; keys
 * nobody here reads are let through, because Proxmox adds some with every release.
 */
const flag = z.union([
  z.literal(1),
  z.literal("1"),
  z.literal(true),
  z.literal(0),
  z.literal("0"),
  z.literal(false),
  z.literal(""),
]);
const isOn = z.pipe(
  z.nullish(flag),
  z.transform((value) => value === 1 || value === "1" || value === true),
);
const number = z.pipe(z.union([z.number(), z.string().regex(/^\d+$/)]), z.transform(Number));
/** What a thing is called in paths and sentences. The longest real one, a subnet's id, has about 60 characters. */
const name = z.string().regex(/^(?!\.{1,2}$)[!-~]{1,100}$/);
const text = z.pipe(z.union([z.string(), z.number()]), z.transform(String));

/** One row of a collection read with `pending=1`: running values on top, changed keys inside `pending`. */
export const pendingRowSchema = z.looseObject({
  state: z.nullish(z.enum(["new", "changed", "deleted"])),
  pending: z.nullish(z.record(z.string(), z.unknown())),
});
export type PendingRow = z.infer<typeof pendingRowSchema>;
const pendingRowsSchema = z.array(pendingRowSchema);

/** What names an object stands on top in every view. */
const NAMES = { zone: ["zone"], vnet: ["vnet"], subnet: ["subnet", "cidr"] } as const;

/** A row without a name would be an object overlooked, and a value of an unknown form a property overlooked. */
const rowOf = (kind: EntityKind) =>
  pendingRowSchema.superRefine((row, context) => {
    const unreadable = [
      ...NAMES[kind].filter((field) => !name.safeParse(row[field]).success).map((field) => [field]),
      ...unreadableIn(kind, row).map((field) => [field]),
      ...unreadableIn(kind, row.pending ?? {}).map((field) => ["pending", field]),
    ];
    for (const path of unreadable) context.addIssue({ code: "custom", path, message: "of an unknown form" });
  });
const unreadableIn = (kind: EntityKind, values: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(values).filter((field) => !isReadable(kind, field, values[field]));

export const objectRowSchema = { zone: rowOf("zone"), vnet: rowOf("vnet"), subnet: rowOf("subnet") };
export const zoneRowsSchema = z.array(objectRowSchema.zone);
export const vnetRowsSchema = z.array(objectRowSchema.vnet);
export const subnetRowsSchema = z.array(objectRowSchema.subnet);
export const controllerRowsSchema = z.array(pendingRowSchema.extend({ controller: name }));

export const fabricsSchema = z.object({ fabrics: z.nullish(pendingRowsSchema), nodes: z.nullish(pendingRowsSchema) });

export const versionSchema = z.looseObject({ version: text });

export const clusterStatusSchema = z.array(
  z.union([
    z.looseObject({ type: z.literal("cluster"), name, quorate: isOn }),
    z.looseObject({ type: z.literal("node"), name, ip: z.nullish(z.string()), online: isOn }),
  ]),
);

export const nodeListSchema = z.array(z.looseObject({ node: name, status: z.nullish(z.string()) }));

export const interfacesSchema = z.array(
  z.looseObject({
    iface: z.string(),
    type: z.nullish(z.string()),
    active: isOn,
    exists: isOn,
    bridge_vlan_aware: isOn,
    bridge_ports: z.nullish(z.string()),
    ovs_ports: z.nullish(z.string()),
    mtu: z.nullish(number),
    "vlan-id": z.nullish(number),
    "vlan-raw-device": z.nullish(z.string()),
    cidr: z.nullish(z.string()),
    cidr6: z.nullish(z.string()),
    address: z.nullish(z.string()),
    netmask: z.nullish(text),
    address6: z.nullish(z.string()),
    netmask6: z.nullish(text),
  }),
);
export type InterfaceRow = z.infer<typeof interfacesSchema>[number];

export const guestListSchema = z.array(
  z.looseObject({
    vmid: number,
    type: z.enum(["qemu", "lxc"]),
    node: name,
    name: z.nullish(text),
    status: z.nullish(z.string()),
    template: isOn,
  }),
);
export type GuestRow = z.infer<typeof guestListSchema>[number];

export const guestConfigSchema = z.record(z.string(), z.unknown());

export const ipamListSchema = z.array(z.looseObject({ ipam: z.string() }));
export const dnsListSchema = z.array(z.looseObject({ dns: z.string() }));
export const controllerListSchema = z.array(
  z.looseObject({
    controller: z.string(),
    type: z.nullish(z.string()),
    asn: z.nullish(number),
    node: z.nullish(z.string()),
    peers: z.nullish(z.string()),
    fabric: z.nullish(z.string()),
  }),
);

/** Addresses of the built-in IPAM; everything but the address itself may be missing. */
export const ipamStatusSchema = z.array(
  z.looseObject({
    zone: z.string(),
    vnet: z.string(),
    subnet: z.string(),
    ip: z.string(),
    mac: z.nullish(z.string()),
    vmid: z.nullish(number),
    hostname: z.nullish(text),
    gateway: isOn,
  }),
);

/** Not in the recordings; from the API's documentation. A package that is not installed has no `OldVersion`. */
export const packageListSchema = z.array(
  z.looseObject({ Package: z.string(), OldVersion: z.nullish(z.string()), CurrentState: z.nullish(z.string()) }),
);

/** The firewall is not in the recordings; from pve-firewall 6 (PVE::Firewall, PVE::API2::Firewall). */
const actionSchema = z.enum(["ACCEPT", "DROP", "REJECT"]);
export const clusterFirewallSchema = z.looseObject({
  enable: z.nullish(number),
  policy_in: z.nullish(actionSchema),
  policy_forward: z.nullish(actionSchema),
});
export const nodeFirewallSchema = z.looseObject({ enable: z.nullish(flag), ndp: z.nullish(flag), nftables: isOn });
/** "Rule action or security group name": a group's becomes a part of paths (PVE::Firewall, $rule_properties). */
const ruleActionSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{1,19}$/);
export const firewallRulesSchema = z.array(
  z.looseObject({
    type: z.string(),
    action: ruleActionSchema,
    enable: isOn,
    ...{ macro: z.nullish(z.string()), iface: z.nullish(z.string()), proto: z.nullish(text) },
    ...{ sport: z.nullish(text), dport: z.nullish(text), "icmp-type": z.nullish(text) },
    ...{ source: z.nullish(z.string()), dest: z.nullish(z.string()) },
  }),
);

export const dryRunSchema = z.looseObject({
  "interfaces-diff": z.nullish(z.string()),
  "frr-diff": z.nullish(z.string()),
});

/** It becomes a part of paths; the user's name in it may have any letters. */
export const upidSchema = z
  .string()
  .startsWith("UPID:")
  .max(500)
  .refine((upid) => upid.isWellFormed());

export const taskStatusSchema = z.looseObject({ status: z.string(), exitstatus: z.nullish(z.string()) });
export const taskLogSchema = z.array(z.looseObject({ n: number, t: text }));
export const taskListSchema = z.array(
  z.looseObject({
    upid: upidSchema,
    type: z.nullish(z.string()),
    starttime: number,
    endtime: z.nullish(number),
    status: z.nullish(z.string()),
  }),
);

export const zoneStatusSchema = z.array(z.looseObject({ zone: name, status: z.string() }));
export const zoneContentSchema = z.array(
  z.looseObject({ vnet: name, status: z.nullish(z.string()), statusmsg: z.nullish(z.string()) }),
);

/** Path → privilege → whether it also counts for what lies below the path. */
export const permissionsSchema = z.record(z.string(), z.record(z.string(), isOn));

export const lockTokenSchema = z.string().min(1);
