/** Input that the agent of a node does not take; nothing was touched. */
export class HostRefusal extends Error {
  readonly field: string;
  readonly reason: string;
  readonly fix: string;
  /** 2: the state is invalid or damaged, 3: another owner or an older revision. */
  readonly exit: 2 | 3;

  constructor(field: string, reason: string, fix: string, exit: 2 | 3 = 2) {
    super(reason);
    this.field = field;
    this.reason = reason;
    this.fix = fix;
    this.exit = exit;
  }
}
