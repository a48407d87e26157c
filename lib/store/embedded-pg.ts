import type { PGlite } from "@electric-sql/pglite";
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQueryable,
  Transaction,
} from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

const READS = /^\s*(select|show|explain)\b/i;

/**
 * Prisma's driver adapter for PGlite. Queries go through pglite-prisma-adapter; scripts and transactions are ours,
 * because version 0.7.2 loses the errors of a script and of a failing COMMIT, ignores isolation levels, and has no
 * savepoints. `synced` is awaited after each commit, before anybody hears that it happened.
 */
export class EmbeddedPg implements SqlDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "trunkline-embedded-pg";
  readonly #pg: PGlite;
  readonly #synced: () => Promise<void>;

  constructor(pg: PGlite, synced: () => Promise<void>) {
    this.#pg = pg;
    this.#synced = synced;
  }

  async connect(): Promise<SqlDriverAdapter> {
    const pg = this.#pg;
    const synced = this.#synced;
    const base = await new PrismaPGlite(pg).connect();
    return {
      provider: this.provider,
      adapterName: this.adapterName,
      async queryRaw(query) {
        const rows = await base.queryRaw(query);
        if (!READS.test(query.sql)) await synced();
        return rows;
      },
      async executeRaw(query) {
        const count = await base.executeRaw(query);
        await synced();
        return count;
      },
      async executeScript(script) {
        await pg.exec(script);
        await synced();
      },
      startTransaction: (level) => startTransaction(pg, synced, level),
      getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
      // Whoever opened the database closes it.
      dispose: async () => {},
    };
  }
}

function startTransaction(pg: PGlite, synced: () => Promise<void>, level?: IsolationLevel): Promise<Transaction> {
  return new Promise((started, failed) => {
    let leave = (): void => {};
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const finished = pg.transaction(async (tx) => {
      if (level) await tx.exec(`SET TRANSACTION ISOLATION LEVEL ${level}`);
      // A PGlite transaction answers `query` like the database itself, which is all the adapter's queries use.
      const queries: SqlQueryable = await new PrismaPGlite(tx as unknown as PGlite).connect();
      started({
        provider: "postgres",
        adapterName: "trunkline-embedded-pg",
        options: { usePhantomQuery: true },
        queryRaw: (query) => queries.queryRaw(query),
        executeRaw: (query) => queries.executeRaw(query),
        async commit() {
          leave();
          await finished;
          await synced();
        },
        async rollback() {
          await tx.rollback();
          leave();
          await finished;
        },
        createSavepoint: async (name) => void (await tx.exec(`SAVEPOINT ${name}`)),
        rollbackToSavepoint: async (name) => void (await tx.exec(`ROLLBACK TO SAVEPOINT ${name}`)),
        releaseSavepoint: async (name) => void (await tx.exec(`RELEASE SAVEPOINT ${name}`)),
      });
      await left;
    });
    finished.catch(failed);
  });
}
