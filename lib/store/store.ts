import type { Prisma, PrismaClient } from "@/prisma/generated/client";

/** The database as use cases see it, and the same inside a transaction. */
export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

export interface Store {
  readonly db: Db;
  readonly kind: "embedded" | "postgresql";
  /** Writes a backup of the embedded database and gives its path; null where PostgreSQL's own backups apply. */
  backup(): Promise<string | null>;
  /** Closes the database and gives the data directory back. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `postgresql://…`, or null for the embedded database. */
  readonly databaseUrl: string | null;
  /** Directory of the embedded database; null keeps it in memory, for tests. */
  readonly dataDir: string | null;
  readonly migrationsDir?: string;
  /** How many automatic backups stay. */
  readonly keepBackups?: number;
}
