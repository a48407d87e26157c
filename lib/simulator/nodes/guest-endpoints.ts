import { may } from "@/lib/simulator/access/check";
import { guestsOf } from "@/lib/simulator/control/circumstances";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { died } from "@/lib/simulator/http/refusal";
import type { SceneGuest } from "@/lib/simulator/scenes/scene";
import { optionalNumber, optionalText, text } from "@/lib/simulator/schema/parameters";
import { committed } from "@/lib/simulator/sdn/sdn-config";
import { option } from "@/lib/simulator/sdn/section";

const gibibyte = 1024 ** 3;

function summary(guest: SceneGuest) {
  return {
    vmid: guest.vmid,
    name: guest.name,
    status: guest.running ? "running" : "stopped",
    template: guest.template ? 1 : 0,
    maxmem: 2 * gibibyte,
    maxdisk: 16 * gibibyte,
    mem: guest.running ? gibibyte : 0,
    cpu: guest.running ? 0.02 : 0,
    uptime: guest.running ? 86_400 : 0,
  };
}

function listGuests({ cluster, caller, parameters }: Context, kind: SceneGuest["kind"]) {
  return guestsOf(cluster)
    .filter((guest) => guest.kind === kind && guest.node === text(parameters, "node"))
    .filter((guest) => may(caller, `/vms/${guest.vmid}`, ["VM.Audit"]))
    .map((guest) => {
      const { template, ...fields } = summary(guest);
      const cpus = { cpus: 2 };
      return {
        ...fields,
        ...cpus,
        ...(template === 1 ? { template } : {}),
        ...(kind === "lxc" ? { type: "lxc" } : {}),
      };
    });
}

function readConfig({ cluster, parameters }: Context, kind: SceneGuest["kind"]) {
  const node = text(parameters, "node");
  const vmid = optionalNumber(parameters, "vmid");
  const guest = guestsOf(cluster).find((one) => one.vmid === vmid && one.node === node && one.kind === kind);
  if (guest === undefined)
    throw died(
      `Configuration file 'nodes/${node}/${kind === "qemu" ? "qemu-server" : "lxc"}/${vmid}.conf' does not exist`,
    );
  const template = guest.template ? { template: 1 } : {};
  const digest = guest.vmid.toString(16).padStart(40, "0");
  if (kind === "lxc")
    return {
      hostname: guest.name,
      arch: "amd64",
      ostype: "debian",
      cores: 2,
      memory: 2048,
      ...guest.nets,
      ...template,
      digest,
    };
  return { name: guest.name, ostype: "l26", cores: 2, sockets: 1, memory: "2048", ...guest.nets, ...template, digest };
}

function guestResources({ cluster, caller }: Context): readonly unknown[] {
  return guestsOf(cluster)
    .filter((guest) => may(caller, `/vms/${guest.vmid}`, ["VM.Audit"]))
    .map((guest) => ({
      ...summary(guest),
      id: `${guest.kind}/${guest.vmid}`,
      type: guest.kind,
      node: guest.node,
      maxcpu: 2,
    }));
}

function nodeResources({ cluster }: Context): readonly unknown[] {
  return cluster.scene.nodes.map(({ name }) => ({
    id: `node/${name}`,
    type: "node",
    node: name,
    status: cluster.isOffline(name) ? "offline" : "online",
  }));
}

function zoneResources({ cluster, caller }: Context): readonly unknown[] {
  return [...committed(cluster.running, "zones")]
    .filter(([id]) => may(caller, `/sdn/zones/${id}`, ["SDN.Audit"]))
    .flatMap(([id, zone]) =>
      cluster.scene.nodes.map(({ name }) => ({
        id: `sdn/${name}/${id}`,
        type: "sdn",
        sdn: id,
        node: name,
        "zone-type": option(zone ?? undefined, "type"),
      })),
    );
}

const resourceKinds = [
  ["vm", guestResources],
  ["node", nodeResources],
  ["sdn", zoneResources],
] as const;

function resources(context: Context): readonly unknown[] {
  const type = optionalText(context.parameters, "type");
  return resourceKinds.flatMap(([kind, list]) => (type === undefined || type === kind ? list(context) : []));
}

/** Guests: enough to know their network cards. */
export const guestHandlers: Handlers = {
  "GET /cluster/resources": resources,
  "GET /nodes/{node}/qemu": (context) => listGuests(context, "qemu"),
  "GET /nodes/{node}/lxc": (context) => listGuests(context, "lxc"),
  "GET /nodes/{node}/qemu/{vmid}/config": (context) => readConfig(context, "qemu"),
  "GET /nodes/{node}/lxc/{vmid}/config": (context) => readConfig(context, "lxc"),
};
