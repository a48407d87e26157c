import { z } from "zod";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { hostRecordSchema } from "@/lib/simulator/host/host-state";
import { IndexedSections, type Sections } from "@/lib/simulator/sdn/indexed-sections";
import { committedCollections, type RunningConfig } from "@/lib/simulator/sdn/sdn-config";
import type { Section } from "@/lib/simulator/sdn/section";

const valueSchema = z.union([z.string(), z.number(), z.array(z.string())]);
const sectionSchema = z.record(z.string(), valueSchema);
const sectionsSchema = z.array(z.tuple([z.string(), sectionSchema.nullable()]));
const collectionsSchema = z.object({
  zones: sectionsSchema,
  vnets: sectionsSchema,
  subnets: sectionsSchema,
  controllers: sectionsSchema,
  fabrics: sectionsSchema,
  fabricNodes: sectionsSchema,
});
const taskSchema = z.object({
  upid: z.string(),
  node: z.string(),
  pid: z.number(),
  pstart: z.number(),
  starttime: z.number(),
  type: z.string(),
  id: z.string(),
  user: z.string(),
  tokenName: z.string().optional(),
  log: z.array(z.string()),
  endtime: z.number().optional(),
  exitstatus: z.string().optional(),
});
const addressSchema = z.object({
  gateway: z.literal(1).optional(),
  mac: z.string().optional(),
  vmid: z.number().optional(),
});

/** What outlives a restart. Faults and recorded requests do not. */
export const savedStateSchema = z.object({
  format: z.literal(1),
  scene: z.string(),
  edited: collectionsSchema.extend({ ipams: sectionsSchema, dns: sectionsSchema }),
  running: z.object({ version: z.number(), collections: collectionsSchema }).optional(),
  lockToken: z.string().optional(),
  ipam: z.record(z.string(), z.record(z.string(), z.record(z.string(), addressSchema))),
  tasks: z.array(taskSchema),
  firewalls: z.array(z.tuple([z.string(), z.object({ options: sectionSchema, rules: z.array(sectionSchema) })])),
  nodes: z.array(
    z.object({
      name: z.string(),
      interfacesFile: z.string().optional(),
      up: z.array(z.tuple([z.string(), z.string()])),
      dnsmasq: z.record(z.string(), z.string()).optional(),
      host: hostRecordSchema.optional(),
    }),
  ),
});

export type SavedState = z.infer<typeof savedStateSchema>;

type SavedSection = z.infer<typeof sectionSchema>;

function plain(section: Section): SavedSection {
  const entries = Object.entries(section).map(([name, value]) => [
    name,
    typeof value === "string" || typeof value === "number" ? value : [...value],
  ]);
  return Object.fromEntries(entries);
}

function list(sections: Sections): SavedState["edited"]["zones"] {
  return [...sections].map(([id, section]) => [id, section === null ? null : plain(section)]);
}

/** Everything worth keeping, as plain data. */
export function saveState(cluster: Cluster): SavedState {
  const { files, running } = cluster;
  return {
    format: 1,
    scene: cluster.scene.name,
    edited: {
      zones: list(files.zones.snapshot()),
      vnets: list(files.vnets.snapshot()),
      subnets: list(files.subnets.snapshot()),
      controllers: list(files.controllers.snapshot()),
      fabrics: list(files.fabrics.snapshot()),
      fabricNodes: list(files.fabricNodes.snapshot()),
      ipams: list(files.ipams.snapshot()),
      dns: list(files.dns.snapshot()),
    },
    running: running && {
      version: running.version,
      collections: {
        zones: list(running.collections.zones),
        vnets: list(running.collections.vnets),
        subnets: list(running.collections.subnets),
        controllers: list(running.collections.controllers),
        fabrics: list(running.collections.fabrics),
        fabricNodes: list(running.collections.fabricNodes),
      },
    },
    lockToken: cluster.lockToken,
    ipam: cluster.ipam.toRecord(),
    tasks: cluster.tasks.toRecord().map((task) => ({ ...task, log: [...task.log] })),
    firewalls: [...cluster.firewalls].map(([id, { options, rules }]) => [
      id,
      { options: plain(options), rules: rules.map(plain) },
    ]),
    nodes: cluster.scene.nodes.map(({ name }) => {
      const { interfacesFile, up, dnsmasq } = cluster.nodeState(name);
      return { name, interfacesFile, up: [...up], dnsmasq, host: structuredClone(cluster.host(name)) };
    }),
  };
}

function runningFrom(saved: NonNullable<SavedState["running"]>): RunningConfig {
  const { collections } = saved;
  return {
    version: saved.version,
    collections: {
      zones: new IndexedSections(collections.zones),
      vnets: new IndexedSections(collections.vnets),
      subnets: new IndexedSections(collections.subnets),
      controllers: new IndexedSections(collections.controllers),
      fabrics: new IndexedSections(collections.fabrics),
      fabricNodes: new IndexedSections(collections.fabricNodes),
    },
  };
}

/** Puts saved data into a fresh cluster of the same scene. */
export function restoreState(cluster: Cluster, saved: SavedState): void {
  for (const name of [...committedCollections, "ipams", "dns"] as const)
    cluster.files[name].replaceAll(saved.edited[name]);
  cluster.running = saved.running && runningFrom(saved.running);
  cluster.lockToken = saved.lockToken;
  cluster.ipam.restore(saved.ipam);
  cluster.tasks.restore(saved.tasks, cluster.nowSeconds());
  cluster.firewalls = new Map(saved.firewalls);
  for (const { name, interfacesFile, up, dnsmasq, host } of saved.nodes) {
    const state = cluster.nodeState(name);
    state.up = new Map(up);
    if (interfacesFile !== undefined) state.interfacesFile = interfacesFile;
    if (dnsmasq !== undefined) state.dnsmasq = dnsmasq;
    if (host !== undefined) Object.assign(cluster.host(name), host);
  }
}
