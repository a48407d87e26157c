import { afterAll, beforeAll, describe } from "vitest";
import { openStore } from "../db";
import type { Store } from "../store";
import { findPostgres, type PostgresServer, startPostgres } from "./postgres-server";

/** Opens an empty, migrated database; closed again after the suite. */
export type Open = () => Promise<Store>;

/**
 * Runs a suite on PGlite in memory and on a PostgreSQL that is started for it. Without PostgreSQL's programs that half
 * is skipped, or fails when TRUNKLINE_REQUIRE_ALL=1.
 */
export function describeOnBoth(name: string, suite: (open: Open) => void): void {
  describe(`${name} on PGlite`, () => {
    suite(opener(() => Promise.resolve(null)));
  });
  const bin = findPostgres();
  const title = `${name} on PostgreSQL${bin ? "" : " (skipped: no initdb here; install PostgreSQL 15 or newer)"}`;
  describe.skipIf(bin === null && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1")(title, () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      if (bin === null) throw new Error("PostgreSQL's programs are missing.");
      server = await startPostgres(bin);
    });
    afterAll(() => server?.stop());
    suite(opener(async () => (await server?.createDatabase()) ?? null));
  });
}

function opener(address: () => Promise<string | null>): Open {
  const stores: Store[] = [];
  afterAll(async () => {
    for (const store of stores.splice(0)) await store.close();
  });
  return async () => {
    const opened = await openStore({ databaseUrl: await address(), dataDir: null });
    if (!opened.ok) throw new Error(opened.error.message);
    stores.push(opened.value);
    return opened.value;
  };
}
