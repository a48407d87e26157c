import type { RawParameters } from "@/lib/simulator/http/messages";

/** One request as the simulated service saw it. */
export interface JournalEntry {
  readonly method: string;
  /** Decoded path below `/api2/json`. */
  readonly path: string;
  readonly parameters: RawParameters;
  /** Account of the caller; nothing when nobody was recognised. */
  readonly account: string | undefined;
  /** Answered status; 0 when the connection was closed instead. */
  readonly status: number;
}

const keptEntries = 20_000;

/** The requests since the last clearing, oldest first. */
export class RequestJournal {
  #entries: JournalEntry[] = [];

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > keptEntries) this.#entries.splice(0, this.#entries.length - keptEntries);
  }

  clear(): void {
    this.#entries = [];
  }

  list(): readonly JournalEntry[] {
    return [...this.#entries];
  }
}
