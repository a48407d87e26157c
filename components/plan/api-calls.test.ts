import { expect, it } from "vitest";
import type { Step } from "@/lib/core/plan/step";
import { apiCalls } from "./api-calls";

const zone = {
  key: "zone/z1",
  kind: "zone",
  id: "z1",
  props: { type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] },
} as const;
const vnet = { key: "vnet/web", kind: "vnet", id: "web", props: { zone: "z1", tag: 10, alias: "It's web" } } as const;
const subnet = {
  key: "subnet/web/10.0.0.0/24",
  kind: "subnet",
  id: "z1-10.0.0.0-24",
  props: {
    vnet: "web",
    zone: "z1",
    gateway: "10.0.0.1",
    snat: true,
    "dhcp-range": [{ "start-address": "10.0.0.5", "end-address": "10.0.0.9" }],
  },
} as const;

it("lists every call in order, as it is sent", () => {
  const steps: Step[] = [
    { op: "create", after: zone },
    { op: "create", after: vnet },
    { op: "create", after: subnet },
    {
      op: "update",
      before: vnet,
      after: vnet,
      changes: [
        { field: "tag", before: 10, after: 11 },
        { field: "alias", before: "It's web", after: null },
      ],
    },
    { op: "delete", before: subnet },
  ];
  expect(apiCalls(steps, ["pve1"]).map((call) => call.line)).toEqual([
    "pvesh create /cluster/sdn/lock",
    "pvesh create /cluster/sdn/zones --zone z1 --type vlan --bridge vmbr0 --nodes pve1,pve2 --lock-token $LOCK",
    "pvesh create /cluster/sdn/vnets --vnet web --zone z1 --tag 10 --alias 'It'\\''s web' --lock-token $LOCK",
    "pvesh create /cluster/sdn/vnets/web/subnets --type subnet --subnet 10.0.0.0/24 --gateway 10.0.0.1 --snat 1 --dhcp-range start-address=10.0.0.5,end-address=10.0.0.9 --lock-token $LOCK",
    "pvesh set /cluster/sdn/vnets/web --tag 11 --delete alias --lock-token $LOCK",
    "pvesh delete /cluster/sdn/vnets/web/subnets/z1-10.0.0.0-24 --lock-token $LOCK",
    "pvesh get /cluster/sdn/dry-run --node pve1",
    "pvesh set /cluster/sdn --lock-token $LOCK",
    "pvesh get /nodes/pve1/sdn/zones",
    "pvesh delete /cluster/sdn/lock --lock-token $LOCK",
  ]);
});

it("never prints the value of a property that may be a secret", () => {
  const secret: Step = { op: "create", after: { ...zone, props: { type: "vlan", token: "hunter2" } } };
  expect(
    apiCalls([secret], [])
      .map((call) => call.line)
      .join("\n"),
  ).not.toContain("hunter2");
});

it("sends nothing when there is nothing to do", () => {
  expect(apiCalls([], ["pve1"])).toEqual([]);
});
