import type { Caller } from "@/lib/simulator/access/accounts";
import { privilegesOn } from "@/lib/simulator/access/privileges";
import type { RawParameters } from "@/lib/simulator/http/messages";
import { forbidden, Refusal } from "@/lib/simulator/http/refusal";
import type { Endpoint } from "@/lib/simulator/schema/property";

/** True when the caller has all (or, with `any`, one) of the privileges on the path. */
export function may(caller: Caller, path: string, privileges: readonly string[], any = false): boolean {
  const held = privilegesOn(caller.grants, path);
  return any ? privileges.some((name) => held.includes(name)) : privileges.every((name) => held.includes(name));
}

/** Throws a 403 refusal unless the caller holds one of the privileges on the path. */
export function demandAny(caller: Caller, path: string, privileges: readonly string[]): void {
  if (!may(caller, path, privileges, true)) throw forbidden(path, privileges);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function fill(template: string, parameters: RawParameters): string {
  return template.replace(/\{([\w-]+)\}/g, (_, name: string) => String(parameters[name] ?? ""));
}

function demandCheck(check: readonly unknown[], caller: Caller, parameters: RawParameters): void {
  const [kind, template, privileges, mode] = check;
  if (kind === "and") {
    for (const part of check.slice(1)) if (Array.isArray(part)) demandCheck(part, caller, parameters);
    return;
  }
  const path = fill(String(template), parameters);
  const names = strings(privileges);
  if (!may(caller, path, names, mode === "any")) throw forbidden(path, names);
}

/**
 * The check the service makes before it looks at the parameters.
 * An endpoint without any rule is for `root@pam` itself only, not even for its tokens.
 */
export function demandAccess(endpoint: Endpoint, caller: Caller, parameters: RawParameters): void {
  if (endpoint.check !== undefined) demandCheck(endpoint.check, caller, parameters);
  else if (endpoint.open === undefined && caller.id !== "root@pam")
    throw new Refusal(403, "Permission check failed (user != root@pam)\n");
}
