/** What went wrong outside of us, as a closed list. */
export type FailureKind =
  | "unreachable" // no answer at all: refused, reset, name not found
  | "timeout" // the time allowed ran out; a write may or may not have happened
  | "certificate" // the TLS certificate or SSH host key is not the pinned one, or is not trusted
  | "unauthorized" // 401: the token is wrong
  | "forbidden" // 403: the token lacks a privilege
  | "rejected" // 400: a parameter breaks the API's schema
  | "refused" // 500 with a reason: Proxmox does not want this
  | "locked" // the SDN configuration is locked by someone else, or our lock is gone
  | "unsupported" // 501: this Proxmox does not have the call
  | "node-unreachable" // 595: the node asked for does not answer
  | "bad-answer" // the answer is not what the API promises
  | "stale" // the cluster is not as it was when the plan was made
  | "cancelled"; // a person asked to stop

/**
 * One failure. `message` is a full sentence ("Could not create vnet web: …") and never holds a secret.
 * `detail` is Proxmox's own text where there is one; `fields` the parameters it blames.
 * `unclear` is true when a write may have happened although it is not confirmed: read back before anything else.
 * `retry` says whether the same call may succeed later unchanged. `next` is the step a person can take.
 */
export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly detail?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly retry: boolean;
  readonly unclear?: boolean;
  readonly next?: string;
}
