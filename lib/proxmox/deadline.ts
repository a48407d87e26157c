import { EventEmitter } from "node:events";

/**
 * A call's time as undici takes it beside AbortSignal: an emitter of `abort` with a reason. A run sends thousands of calls,
 * and an AbortSignal for each costs as much as the call's own work.
 */
export class Deadline extends EventEmitter {
  reason: Error | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number) {
    super();
    this.#timer = setTimeout(() => {
      this.reason = new DOMException("The time for the call ran out.", "TimeoutError");
      this.emit("abort");
    }, ms);
  }

  /** Stops the clock: the whole answer is there, or there will be none. */
  met(): void {
    clearTimeout(this.#timer);
  }
}
