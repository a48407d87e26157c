import { Mono } from "@/components/ui/mono";
import { Td, Th } from "@/components/ui/table";
import type { Layout, Subnet } from "@/lib/core/layout/model";

/** The numbers of a layout, one line per VNet: what the picture is too small to say. */
export function LayoutFacts({ layout }: { readonly layout: Layout }) {
  return (
    <section
      aria-label="VNets of this layout"
      className="relative overflow-x-auto border-hairline border-t"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable from the keyboard
      tabIndex={0}
    >
      <table className="w-full text-sm [&_tbody_tr:not(:last-child)]:border-hairline [&_tbody_tr:not(:last-child)]:border-b">
        <thead>
          <tr>
            <Th className="text-right">Tag</Th>
            <Th>VNet</Th>
            <Th>Subnet</Th>
            <Th>Gateway</Th>
            <Th>DHCP</Th>
          </tr>
        </thead>
        <tbody>
          {layout.vnets.map((vnet) => {
            const subnets = layout.subnets.filter((subnet) => subnet.vnet === vnet.id);
            return (
              <tr key={vnet.id}>
                <Td className="text-right">
                  <Mono>{vnet.tag ?? "–"}</Mono>
                </Td>
                <Td className="whitespace-nowrap">
                  <Mono className="font-medium">{vnet.id}</Mono>
                  {vnet.alias && <span className="ml-2 text-text-3">{vnet.alias}</span>}
                </Td>
                <Td>
                  <Mono>{subnets.map(({ cidr }) => cidr).join(", ") || "–"}</Mono>
                </Td>
                <Td>
                  <Mono>{subnets.map(({ gateway }) => gateway ?? "–").join(", ") || "–"}</Mono>
                </Td>
                <Td className="whitespace-nowrap">
                  <Mono>{subnets.map((subnet) => rangeWords(layout, subnet)).join(", ") || "–"}</Mono>
                </Td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** The DHCP ranges of a subnet, Proxmox's own or those declared for the node, the shared part of the address left out. */
function rangeWords(layout: Layout, subnet: Subnet): string {
  const declared = layout.hostServices?.find(({ vnet, cidr }) => vnet === subnet.vnet && cidr === subnet.cidr)?.dhcp
    ?.ranges;
  const own = subnet["dhcp-range"]?.map((range) => ({ start: range["start-address"], end: range["end-address"] }));
  const ranges = [...(own ?? []), ...(declared ?? [])];
  return ranges.map(({ start, end }) => `${lastPart(start)}–${lastPart(end)}`).join(" ") || "–";
}

function lastPart(address: string): string {
  return address.includes(":") ? address : `.${address.split(".").at(-1) ?? address}`;
}
