"use client";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import {
  type GatewayPlace,
  gatewayPlace,
  placesOf,
  readPlaces,
  setGateways,
  setRangePlaces,
  setServedOfAll,
} from "@/lib/core/layout/bulk";
import type { HostService, Subnet } from "@/lib/core/layout/model";
import { servedBy } from "@/lib/core/layout/served";
import { parseAddress } from "@/lib/core/net/address";
import { subnetKey } from "@/lib/core/plan/entity";
import { useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { DraftInput } from "./draft-input";
import { InspectorSection } from "./inspector-section";

const GATEWAYS: Readonly<Record<GatewayPlace, string>> = {
  first: "First address",
  last: "Last address",
  none: "None",
  other: "Another address",
};

interface ManySubnetsProps {
  readonly title: string;
  readonly subnets: readonly Subnet[];
}

/** What many subnets are served with. Addresses are places in each one's own network. */
export function ManySubnets({ title, subnets }: ManySubnetsProps) {
  const { change, say } = useDesignerActions();
  const { store } = useDesignerParts();
  const locked = useDesigner((state) => state.locked !== null);
  const services = useDesigner((state) => state.layout.hostServices);
  const byKey = new Map((services ?? []).map((service) => [keyOf(service), service]));
  const keys = new Set(subnets.map(keyOf));
  const words = subnets.length === 1 ? "one subnet" : `${subnets.length} subnets`;
  const served = subnets.map((subnet) => servedBy(subnet, byKey.get(keyOf(subnet))));
  const gateway = common(subnets.map(gatewayPlace));
  const places = common(subnets.map(({ cidr }, index) => placesOf(cidr, served[index]?.ranges ?? [])));
  const snat = common(served.map((each) => each.snat));
  const dns = common(served.map((each) => each.dnsServers.join(", ")));
  return (
    <InspectorSection title={title}>
      <Field label="Gateway">
        {(control) => (
          <Select
            {...control}
            value={gateway ?? "mixed"}
            disabled={locked}
            options={[
              ...(gateway === undefined ? [{ value: "mixed", label: "Mixed" }] : []),
              ...(["first", "last", "none"] as const).map((value) => ({ value, label: GATEWAYS[value] })),
              ...(gateway === "other" ? [{ value: "other", label: GATEWAYS.other }] : []),
            ]}
            onChange={(next) => {
              if (next !== "first" && next !== "last" && next !== "none") return;
              const to = next === "none" ? "nothing" : `the ${GATEWAYS[next].toLowerCase()}`;
              change({
                label: `Set gateway of ${words} to ${to}`,
                apply: (layout) => setGateways(layout, keys, next),
              });
            }}
          />
        )}
      </Field>
      <Flag
        label="SNAT"
        value={snat}
        onChange={(on) =>
          change({
            label: `Turn SNAT ${on ? "on" : "off"} for ${words}`,
            apply: (layout) => setServedOfAll(layout, keys, { snat: on }),
          })
        }
      />
      <DraftInput
        label="DHCP range"
        hint="Places in each network, like .120 - .220."
        optional
        value={places ?? ""}
        placeholder={places === undefined || places === null ? "Mixed" : ".120 - .220"}
        problem={null}
        locked={locked}
        check={(text) => {
          const read = readPlaces(text);
          return read.ok ? null : read.error;
        }}
        commit={(text) => {
          const read = readPlaces(text);
          // An empty field that was mixed means that nobody wrote anything.
          if (!read.ok || (read.value === null && typeof places !== "string")) return read.ok;
          const range = read.value;
          const { layout: next, left } = setRangePlaces(store.getState().layout, keys, range);
          if (left.length > 0) say(`It does not fit into ${left.slice(0, 3).join(", ")}, which keep what they have`);
          change({
            label: `Set DHCP range of ${words} to ${range ? `.${range.from} - .${range.to}` : "nothing"}`,
            apply: () => next,
          });
          return true;
        }}
      />
      <DraftInput
        label="DNS servers"
        hint="Where Proxmox serves the subnet it takes one."
        optional
        value={dns ?? ""}
        placeholder={dns === undefined ? "Mixed" : ""}
        problem={null}
        locked={locked}
        check={(text) => {
          const wrong = listed(text).find((each) => !parseAddress(each).ok);
          return wrong === undefined ? null : `${wrong} is not an address.`;
        }}
        commit={(text) => {
          const dnsServers = listed(text);
          if (dnsServers.some((each) => !parseAddress(each).ok)) return false;
          if (dnsServers.length === 0 && dns === undefined) return true;
          change({
            label: `Set DNS servers of ${words} to ${dnsServers.join(", ") || "nothing"}`,
            apply: (layout) => setServedOfAll(layout, keys, { dnsServers }),
          });
          return true;
        }}
      />
    </InspectorSection>
  );
}

const keyOf = ({ vnet, cidr }: Subnet | HostService) => subnetKey(vnet, cidr);
const listed = (text: string): string[] => text.split(/[\s,;]+/).filter((each) => each !== "");

/** The value all of them have; undefined where they differ. */
function common<T>(values: readonly T[]): T | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}

interface FlagProps {
  readonly label: string;
  /** Undefined where they differ. */
  readonly value: boolean | undefined;
  readonly onChange: (on: boolean) => void;
}

/** Yes or no for many objects, or mixed. */
export function Flag({ label, value, onChange }: FlagProps) {
  const locked = useDesigner((state) => state.locked !== null);
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value === undefined ? "mixed" : value ? "on" : "off"}
          disabled={locked}
          options={[
            ...(value === undefined ? [{ value: "mixed", label: "Mixed" }] : []),
            { value: "on", label: "On" },
            { value: "off", label: "Off" },
          ]}
          onChange={(next) => next !== "mixed" && onChange(next === "on")}
        />
      )}
    </Field>
  );
}
