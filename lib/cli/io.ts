import type { Paint } from "./words";

/** What a command has of the world around it; tests give their own. */
export interface Io {
  /** Results; raw text. */
  readonly out: (text: string) => void;
  /** Progress and complaints; raw text. */
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly paint: Paint;
  /** Asks a question on the terminal; null where there is none. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** True once a person has asked to stop (Ctrl-C). */
  readonly stopped: () => boolean;
}

export const say = (write: (text: string) => void, line: string): void => write(`${line}\n`);
