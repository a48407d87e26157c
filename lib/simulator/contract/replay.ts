import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { type Comparable, comparable } from "@/lib/simulator/contract/compare";
import type { RecordedScenario, RecordedStep } from "@/lib/simulator/contract/recordings";
import { conformanceScene } from "@/lib/simulator/scenes/conformance";

/** A step whose answer differs from the recorded one. */
export interface Disagreement {
  readonly scenario: string;
  readonly request: string;
  readonly recorded: unknown;
  readonly answered: Comparable;
}

/** How a replay went. */
export interface ReplayResult {
  readonly compared: number;
  readonly disagreements: readonly Disagreement[];
}

type RequestStep = Exclude<RecordedStep, { control: unknown }>;
type Captured = Map<string, string>;

const tokenIds: Readonly<Record<string, string>> = {
  root: "root@pam!full",
  audit: "audit@pve!ro",
  sep: "audit@pve!sep",
  none: "none@pve!none",
  z1: "zone@pve!z1",
  sdn: "pvesdn@pve!sdn",
  plan: "noc@pve!plan",
  bad: "root@pam!full",
};

function authorization(name: string): string {
  const id = tokenIds[name] ?? "";
  const secret = conformanceScene.accounts.tokens.find((token) => token.id === id)?.secret ?? "";
  return `PVEAPIToken=${id}=${name === "bad" ? "deadbeef" : secret}`;
}

function asText(value: unknown): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "1" : "0";
  return String(value);
}

function form(parameters: Readonly<Record<string, unknown>>, captured: Captured): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, filled(asText(one), captured));
  return query;
}

function filled(text: string, captured: Captured): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => captured.get(name) ?? "");
}

async function send(base: string, step: RequestStep, captured: Captured): Promise<{ status: number; body: unknown }> {
  const headers: Record<string, string> = {};
  if (step.token !== null) headers["authorization"] = authorization(step.token ?? "root");
  const parameters = step.parameters ?? {};
  const inQuery = step.method === "GET" || step.method === "DELETE";
  const query = form(parameters, captured).toString();
  let body: string | null = null;
  if (step.json) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(parameters);
  } else if (!inQuery) {
    headers["content-type"] = "application/x-www-form-urlencoded";
    body = query;
  }
  const suffix = inQuery && query !== "" ? `?${query}` : "";
  const url = `${base}/api2/json${filled(step.path, captured)}${suffix}`;
  const answer = await fetch(url, { method: step.method, headers, body });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
}

function at(value: unknown, keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? Object.entries(inner).find(([name]) => name === String(key))?.[1]
        : undefined,
    value,
  );
}

/** Waits until the task has stopped; every poll asks the service itself. */
async function settle(base: string, upid: string): Promise<void> {
  const node = upid.split(":")[1] ?? "";
  const status: RequestStep = { method: "GET", path: `/nodes/${node}/tasks/${encodeURIComponent(upid)}/status` };
  for (;;) {
    const { body } = await send(base, status, new Map());
    if (at(body, ["data", "status"]) !== "running") return;
    await pause(2);
  }
}

async function post(base: string, path: string, body: unknown): Promise<void> {
  await fetch(`${base}/api2/json${path}`, { method: "POST", body: JSON.stringify(body) });
}

/** Carries out one recorded request; returns what counts of its answer. */
async function take(base: string, step: RequestStep, captured: Captured): Promise<Comparable> {
  const { status, body } = await send(base, step, captured);
  for (const [name, keys] of Object.entries(step.captures ?? {})) captured.set(name, asText(at(body, keys) ?? null));
  if (step.method === "PUT" && step.path === "/cluster/sdn" && status === 200)
    await settle(base, String(at(body, ["data"])));
  return comparable(step.path, status, body);
}

/** Sends every recorded request to a conformance simulation at `base` and compares the answers. */
export async function replay(base: string, scenarios: readonly RecordedScenario[]): Promise<ReplayResult> {
  const disagreements: Disagreement[] = [];
  let compared = 0;
  for (const { scenario, steps } of scenarios) {
    const captured: Captured = new Map();
    await post(base, "/__reset", {});
    for (const step of steps) {
      if ("control" in step) {
        await post(base, "/__control", step.control);
        continue;
      }
      const answered = await take(base, step, captured);
      if (step.answer === undefined) continue;
      compared += 1;
      const request = `${step.method} ${step.path} ${JSON.stringify(step.parameters ?? {})}`;
      if (!isDeepStrictEqual(answered, step.answer))
        disagreements.push({ scenario, request, recorded: step.answer, answered });
    }
  }
  return { compared, disagreements };
}
