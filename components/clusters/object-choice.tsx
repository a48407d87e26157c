"use client";

import { KIND_WORD, objectName } from "@/components/plan/change-words";
import { PropLine } from "@/components/plan/prop-line";
import { Checkbox } from "@/components/ui/checkbox";
import { Mono } from "@/components/ui/mono";
import { Table, Td, Th } from "@/components/ui/table";
import type { ClusterObject } from "@/lib/server/memory-views";

interface ObjectChoiceProps {
  readonly caption: string;
  readonly objects: readonly ClusterObject[];
  readonly chosen: readonly string[];
  readonly onChange: (keys: readonly string[]) => void;
}

/** Objects of a cluster to choose from, with their properties. */
export function ObjectChoice({ caption, objects, chosen, onChange }: ObjectChoiceProps) {
  return (
    <Table caption={caption} className="max-h-[40vh]">
      <thead>
        <tr>
          <Th>Object</Th>
          <Th>Zone</Th>
          <Th>Properties</Th>
        </tr>
      </thead>
      <tbody>
        {objects.map((object) => (
          <tr key={object.key}>
            <Td className="whitespace-nowrap">
              <Checkbox
                label={
                  <>
                    <span className="text-text-3">{KIND_WORD[object.kind]}</span> <Mono>{objectName(object)}</Mono>
                  </>
                }
                checked={chosen.includes(object.key)}
                onChange={(take) =>
                  onChange(take ? [...chosen, object.key] : chosen.filter((key) => key !== object.key))
                }
              />
            </Td>
            <Td>
              <Mono>{object.zone}</Mono>
            </Td>
            <Td>
              <PropLine props={object.entity.props} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
