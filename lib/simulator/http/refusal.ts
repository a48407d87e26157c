/** Parameter name → what is wrong with it. */
export type ParameterErrors = Readonly<Record<string, string>>;

/**
 * The answer "no" of the simulated service.
 *
 * It is thrown, unlike everywhere else in Trunkline: the real service dies inside nested closures that
 * rewrap the text on the way out, and imitating that with return values would hide the rules. One place
 * (`handler.ts`) catches it; nothing outside `lib/simulator` ever sees it.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: ParameterErrors | undefined;

  constructor(status: number, message: string, errors?: ParameterErrors) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

const verificationFailed = "Parameter verification failed.\n";

/** A plain death: status 500 with `message`, which ends in a line feed. */
export function died(message: string): Refusal {
  return new Refusal(500, `${message}\n`);
}

/** A death whose text ends with the place in the source, as Perl adds when the text has no line feed. */
export function diedAt(message: string, module: string, line: number): Refusal {
  return new Refusal(500, `${message} at /usr/share/perl5/PVE/${module}.pm line ${line}.\n`);
}

/** Status 400 with one text per parameter. */
export function badParameters(errors: ParameterErrors): Refusal {
  return new Refusal(400, verificationFailed, errors);
}

/** Status 403: the caller lacks the privilege(s) on the path. */
export function forbidden(path: string, privileges: readonly string[]): Refusal {
  return new Refusal(403, `Permission check failed (${path}, ${privileges.join("|")})\n`);
}

/** The text a caught refusal has when another message is built around it (`400 Parameter…` with one line per parameter). */
function refusalText(refusal: Refusal): string {
  if (refusal.errors === undefined) return refusal.message;
  const lines = Object.entries(refusal.errors).map(([name, text]) => `${name}: ${text}\n`);
  return `${refusal.status} ${verificationFailed}${lines.join("")}`;
}

/** Runs `work`; a refusal inside becomes a 500 whose text begins with `prefix`. */
export function prefixed<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof Refusal) throw new Refusal(500, `${prefix}: ${refusalText(cause)}`);
    throw cause;
  }
}
