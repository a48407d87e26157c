import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { Mono } from "@/components/ui/mono";
import { Table, Td, Th } from "@/components/ui/table";
import type { Leftover } from "@/lib/core/hosts/seed-report";

const KINDS: Readonly<Record<Leftover["kind"], string>> = {
  unit: "Units",
  file: "Files",
  rule: "Firewall rules",
  line: "Lines in files of others",
  route: "Routes",
  address: "Addresses",
};

interface LeftoverTableProps {
  readonly leftovers: readonly Leftover[];
  readonly ids: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Leftovers by kind, each to be chosen by itself. */
export function LeftoverTable({ leftovers, ids, onChange }: LeftoverTableProps) {
  const kinds = [...new Set(leftovers.map(({ kind }) => kind))];
  return (
    <Table caption="Leftovers" className="max-h-[45vh]">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Zone</Th>
          <Th>VNet</Th>
        </tr>
      </thead>
      {kinds.map((kind) => (
        <tbody key={kind}>
          <tr>
            <td colSpan={3} className="bg-sunken px-3 py-1 font-medium text-text-2 text-xs">
              {KINDS[kind]}
            </td>
          </tr>
          {leftovers
            .filter((each) => each.kind === kind)
            .map(({ id, name, detail, zone, vnet, shared }) => (
              <tr key={id}>
                <Td>
                  <Checkbox
                    label={
                      <span className="flex flex-wrap items-center gap-x-2">
                        <Mono className="break-all">{name}</Mono>
                        {shared ? <Badge tone="change">shared</Badge> : null}
                        {detail === "" ? null : <span className="text-text-3 text-xs">{detail}</span>}
                      </span>
                    }
                    checked={ids.includes(id)}
                    onChange={(take) => onChange(take ? [...ids, id] : ids.filter((one) => one !== id))}
                  />
                </Td>
                <Td>{zone === null ? <span className="text-text-3">every</span> : <Mono>{zone}</Mono>}</Td>
                <Td>{vnet === null ? <span className="text-text-3">–</span> : <Mono>{vnet}</Mono>}</Td>
              </tr>
            ))}
        </tbody>
      ))}
    </Table>
  );
}
