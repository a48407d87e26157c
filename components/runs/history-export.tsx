"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { getJson } from "@/components/ui/get-json";
import { saveFile } from "@/components/ui/save-file";
import type { RunFilter, RunPage, RunSummary } from "@/lib/server/views";
import { runsCsv } from "./runs-csv";
import { runsUrl } from "./use-runs";

const PAGE = 100;

type State = { readonly busy: "csv" | "json" | null; readonly error: string | null };

/** Saves every run under the present filter, not only those on the page. */
export function HistoryExport({ filter }: { readonly filter: RunFilter }) {
  const [{ busy, error }, setState] = useState<State>({ busy: null, error: null });
  const save = async (format: "csv" | "json") => {
    setState({ busy: format, error: null });
    const runs = await readAll(filter).catch((cause: unknown) => (cause instanceof Error ? cause.message : null));
    if (!Array.isArray(runs)) {
      setState({ busy: null, error: runs ?? "The history could not be read." });
      return;
    }
    if (format === "csv") saveFile("runs.csv", "text/csv", runsCsv(runs));
    else saveFile("runs.json", "application/json", `${JSON.stringify(runs, null, 2)}\n`);
    setState({ busy: null, error: null });
  };
  return (
    <>
      {(["csv", "json"] as const).map((format) => (
        <Button
          key={format}
          busy={busy === format}
          icon={<Download aria-hidden size={14} />}
          onClick={() => void save(format)}
        >
          {format.toUpperCase()}
          <span className="sr-only"> export of the runs shown</span>
        </Button>
      ))}
      {error ? (
        <Callout kind="error" title="Could not export the history">
          {error}
        </Callout>
      ) : null}
    </>
  );
}

async function readAll(filter: RunFilter): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  let before: number | null = null;
  do {
    const page: RunPage = await getJson<RunPage>(runsUrl(filter, before, PAGE));
    runs.push(...page.runs);
    before = page.next;
  } while (before !== null);
  return runs;
}
