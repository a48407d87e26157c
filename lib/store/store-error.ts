/**
 * Why the database could not be opened. `message` is one sentence for the person at the terminal, with what to do.
 * It never holds a password: addresses are shown without their user part.
 */
export interface StoreError {
  readonly kind:
    | "held" // another process has the data directory
    | "unwritable" // the data directory cannot be made or written
    | "unreachable" // PostgreSQL does not answer or refuses the login
    | "newer" // a newer build has migrated this database
    | "migration" // a migration failed, now or earlier
    | "version" // the embedded files belong to another PostgreSQL major
    | "broken" // the embedded database does not open
    | "file" // an export cannot be written, or is not what it should be
    | "occupied"; // an import needs an empty database
  readonly message: string;
}

export const storeError = (kind: StoreError["kind"], message: string): StoreError => ({ kind, message });

/** The text of anything thrown, without stack. */
export const causeText = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
