import pg from "pg";
import { err, ok, type Result } from "@/lib/core/result";
import { causeText, type StoreError, storeError } from "./store-error";

/** Opens one connection to PostgreSQL, or says in one sentence why that failed; the password is never shown. */
export async function connectPostgres(url: string): Promise<Result<pg.Client, StoreError>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks fails the query under way; without a listener it would end the process as well.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return ok(client);
  } catch (cause) {
    const where = withoutLogin(url);
    return err(
      storeError("unreachable", `Could not open the database at ${where}: ${causeText(cause)}. Check DATABASE_URL.`),
    );
  }
}

/** Host, port and database of an address. */
export function withoutLogin(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed ? `${parsed.hostname}:${parsed.port || "5432"}${parsed.pathname}` : "the given address";
}
