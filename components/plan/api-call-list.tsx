import { CommandBlock } from "@/components/ui/copy-button";
import type { Step } from "@/lib/core/plan/step";
import { apiCalls } from "./api-calls";

/** The calls in the order in which they are sent, written as `pvesh` commands. */
export function ApiCallList({ steps, nodes }: { readonly steps: readonly Step[]; readonly nodes: readonly string[] }) {
  const calls = apiCalls(steps, nodes);
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-2xl text-text-2">
        What a run sends, in this order, written as <span className="mono">pvesh</span> commands.{" "}
        <span className="mono">$LOCK</span> is the token of the SDN lock. Secrets are never printed.
      </p>
      <CommandBlock label="API calls" text={calls.map((call) => call.line).join("\n")} />
    </div>
  );
}
