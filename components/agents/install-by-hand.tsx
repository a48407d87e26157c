"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getJson } from "@/components/ui/get-json";
import { TextField } from "@/components/ui/input";
import { ReadState } from "@/components/ui/read-state";
import type { ScriptView } from "@/lib/server/agent-views";
import { addressList } from "./address-list";
import { ScriptBox } from "./script-box";

interface InstallByHandProps {
  readonly clusterId: string;
  readonly node: string;
}

/** The script with its checksum, to carry to the node and run there as root. */
export function InstallByHand({ clusterId, node }: InstallByHandProps) {
  const [text, setText] = useState("");
  const from = addressList(text);
  const query = new URLSearchParams(from.map((each) => ["from", each])).toString();
  const path = `/api/v1/clusters/${encodeURIComponent(clusterId)}/agents/${encodeURIComponent(node)}/script`;
  const script = useQuery({
    // The key in it may be made anew meanwhile, so nothing is kept.
    queryKey: ["agent", clusterId, node, "script", query],
    queryFn: ({ signal }) => getJson<ScriptView>(`${path}?${query}`, signal),
    gcTime: 0,
  });
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label="Let the key in only from"
        optional
        mono
        value={text}
        placeholder="10.0.0.5, 10.8.0.0/24"
        hint="Addresses of this server as the node sees them. Empty: from everywhere."
        onChange={(event) => setText(event.target.value)}
      />
      <ReadState query={script} what="the script">
        {(found) => <ScriptBox script={found} />}
      </ReadState>
    </div>
  );
}
