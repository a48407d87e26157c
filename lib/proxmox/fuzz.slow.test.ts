import type { ServerResponse } from "node:http";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FailureKind } from "@/lib/core/failure";
import type { LiveConfig } from "@/lib/core/ports";
import { createCluster } from "./cluster";
import { everyRead, everyWrite } from "./testing/every-call";
import { answerOf } from "./testing/recorded-api";
import { type StubServer, startStub } from "./testing/stub-server";

/** The closed set, held complete by the compiler. `cancelled` is the core's own: no answer can mean it. */
const KINDS: Readonly<Record<Exclude<FailureKind, "cancelled">, true>> = {
  unreachable: true,
  timeout: true,
  certificate: true,
  unauthorized: true,
  forbidden: true,
  rejected: true,
  refused: true,
  locked: true,
  unsupported: true,
  "node-unreachable": true,
  "bad-answer": true,
  stale: true,
};

/** One thing done to an answer: to a place in its JSON, to its text, or to how it arrives. */
type Damage =
  | { readonly to: "place"; readonly place: number; readonly by: unknown | typeof DROPPED }
  | { readonly to: "text"; readonly change: (text: string) => string }
  | { readonly to: "status"; readonly status: number; readonly body: unknown }
  | { readonly to: "connection" };

const DROPPED = Symbol("dropped");
const nested = (depth: number): unknown => {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};
const STRANGE = [
  DROPPED,
  null,
  true,
  -1,
  1e308,
  0.5,
  "",
  "deleted",
  "a,b;;c d",
  "=,=,",
  "\u0000\ud800",
  "x".repeat(200_000),
  [],
  {},
  nested(500),
  [null, [1], { a: null }],
  { "start-address": 7, toString: null },
];

const damage: fc.Arbitrary<Damage> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ to: fc.constant("place" as const), place: fc.nat(), by: fc.constantFrom(...STRANGE) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      to: fc.constant("text" as const),
      change: fc.oneof(
        fc.double({ min: 0, max: 1, noNaN: true }).map((part) => (text: string) => text.slice(0, text.length * part)),
        fc.constantFrom(
          () => "<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>",
          () => "",
          () => "null",
          () => '{"data":null}',
          () => '{"data":[null]}',
          () => "[[[[".repeat(50_000),
          () => '{"data":"__proto__","__proto__":{"data":[]}}',
          (text: string) => text.replaceAll('"', "'"),
          (text: string) => `\ufeff${text}`,
          (text: string) => `${text}${text}`,
        ),
        fc.json().map((json) => () => `{"data":${json}}`),
        fc.json().map((json) => () => json),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      to: fc.constant("status" as const),
      status: fc.constantFrom(204, 301, 400, 401, 403, 404, 418, 500, 501, 502, 503, 595, 596, 599),
      body: fc.oneof(
        fc.jsonValue(),
        fc.record({ data: fc.constant(null), message: fc.jsonValue(), errors: fc.jsonValue() }, { requiredKeys: [] }),
        fc.record({
          data: fc.constant(null),
          message: fc.constantFrom("\n\n", " at x line 1.\n", "a: b\n".repeat(5000), "invalid lock token provided!"),
          errors: fc.dictionary(fc.string(), fc.jsonValue()),
        }),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ to: fc.constant("connection" as const) }) },
);

/** The JSON with one place (counted through the whole tree) replaced or left out. */
function replaced(body: unknown, place: number, by: unknown): unknown {
  const copy: unknown = structuredClone(body);
  const places: (readonly [holder: Record<string, unknown>, name: string])[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      places.push([value as Record<string, unknown>, name]);
      collect(inner);
    }
  };
  collect(copy);
  const [holder, name] = places[place % places.length] ?? [];
  if (!holder || name === undefined) return copy;
  if (by === DROPPED) delete holder[name];
  else holder[name] = by;
  return copy;
}

function reply(response: ServerResponse, body: unknown, harm: Damage | undefined): void {
  const text = JSON.stringify(body);
  switch (harm?.to) {
    case undefined:
      return void response.end(text);
    case "place":
      return void response.end(JSON.stringify(replaced(body, harm.place, harm.by)));
    case "text":
      return void response.end(harm.change(text));
    case "status":
      return void response.writeHead(harm.status).end(harm.status === 204 ? "" : JSON.stringify(harm.body));
    case "connection":
      response.writeHead(200, { "content-length": text.length + 10 }).write(text);
      return void setImmediate(() => response.destroy());
  }
}

let server: StubServer;
let cluster: ReturnType<typeof createCluster>;
/** What happens to the first, second, third answer of the call under test; later ones stay whole. */
let harms: readonly (Damage | undefined)[];
let nth: number;

beforeAll(async () => {
  let told = 0;
  server = await startStub((request, response) => {
    if (server.heard.length === 1) told = 0;
    reply(response, answerOf(request, nth), harms[told]);
    told += 1;
  });
  cluster = createCluster(server.address);
});
afterAll(async () => {
  await cluster.close();
  await server.close();
});

const isText = (value: unknown): boolean => typeof value === "string";
const isRange = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).length === 2 &&
  Object.values(value).every(isText);
const isProp = (value: unknown): boolean =>
  isText(value) ||
  typeof value === "number" ||
  value === true ||
  (Array.isArray(value) && value.length > 0 && (value.every(isText) || value.every(isRange)));

/** What the core builds on: ids and keys are texts, every property is of a form it knows. */
function expectSound({ entities, running, pending, others }: LiveConfig): void {
  for (const { key, id, props } of [...entities, ...running]) {
    expect(id).toMatch(/./);
    expect(key).not.toContain("undefined");
    for (const [name, value] of Object.entries(props)) expect(isProp(value), `${name} of ${key}`).toBe(true);
  }
  for (const change of pending) expect(change.fields.every(isText)).toBe(true);
  for (const { id } of others) expect(typeof id).toBe("string");
}

const calls = { ...everyRead, ...everyWrite };

test("whatever is answered, a call ends in a value or in a known failure", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(calls)),
      fc.array(fc.option(damage, { nil: undefined, freq: 2 }), { minLength: 1, maxLength: 25 }),
      fc.nat({ max: 7 }),
      fc.boolean(),
      async (name, damages, chosen, locked) => {
        server.heard.length = 0;
        harms = damages;
        nth = chosen;
        const result = await calls[name]?.(cluster, locked ? "01a20aac-059d-717e-bf14-c7f1e1203527" : null);
        if (!result) throw new Error("no result");
        if (!result.ok) {
          expect(Object.keys(KINDS)).toContain(result.error.kind);
          expect(result.error.message).toMatch(/^Could not .+[.!?]$/s);
          expect(JSON.stringify(result.error).length).toBeLessThan(100_000);
          expect(typeof result.error.retry).toBe("boolean");
          expect(JSON.stringify(result.error)).not.toContain(server.address.secret);
        } else if (name === "readConfig" || name === "readSnapshot") expectSound(result.value as LiveConfig);
      },
    ),
    { numRuns: 3_000 },
  );
});
