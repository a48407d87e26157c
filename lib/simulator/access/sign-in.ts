import { createHmac } from "node:crypto";
import { type Caller, callerFrom, type PasswordAccount, type TokenAccount } from "@/lib/simulator/access/accounts";
import { privilegesOn } from "@/lib/simulator/access/privileges";
import { Refusal } from "@/lib/simulator/http/refusal";

/** Who a scene knows. */
export interface Accounts {
  readonly tokens: readonly TokenAccount[];
  readonly passwords: readonly PasswordAccount[];
}

const lifetimeSeconds = 7200;

function sign(text: string): string {
  return createHmac("sha256", "simulated cluster").update(text).digest("base64");
}

function ticketUser(ticket: string, nowSeconds: number): string | undefined {
  const [body = "", signature] = ticket.split("::");
  const [, user, stamp = "0"] = body.split(":");
  const age = nowSeconds - Number.parseInt(stamp, 16);
  return sign(body) === signature && age > -300 && age < lifetimeSeconds ? user : undefined;
}

function csrfToken(user: string, stamp: string): string {
  return `${stamp}:${sign(`csrf:${user}:${stamp}`)}`;
}

function cookie(header: string | undefined): string | undefined {
  const found = /(?:^|;\s*)PVEAuthCookie=([^;]+)/.exec(header ?? "");
  return found?.[1] === undefined ? undefined : decodeURIComponent(found[1]);
}

/** A fresh ticket for a user who gives the right password; throws a 401 refusal otherwise. */
export function signIn(accounts: Accounts, username: string, realm: string, password: string, nowSeconds: number) {
  const user = username.includes("@") ? username : `${username}@${realm}`;
  const account = accounts.passwords.find((one) => one.user === user && one.password === password);
  if (account === undefined) throw new Refusal(401, "authentication failure\n");
  const stamp = nowSeconds.toString(16).toUpperCase();
  const body = `PVE:${user}:${stamp}`;
  const section = (path: string, prefix: string) =>
    Object.fromEntries(
      privilegesOn(account.grants, path)
        .filter((name) => name.startsWith(prefix))
        .map((name) => [name, 1]),
    );
  const cap = {
    access: section("/access", "User."),
    dc: section("/", "Sys."),
    mapping: section("/mapping", "Mapping."),
    nodes: section("/nodes", "Sys."),
    sdn: section("/sdn", "SDN."),
    storage: section("/storage", "Datastore."),
    vms: section("/vms", "VM."),
  };
  return { ticket: `${body}::${sign(body)}`, CSRFPreventionToken: csrfToken(user, stamp), username: user, cap };
}

/**
 * Finds the caller of a request: an API token in `Authorization`, else a ticket cookie, which needs the CSRF
 * header on every write. Nothing when neither holds.
 */
export function findCaller(
  accounts: Accounts,
  headers: Readonly<Record<string, string | undefined>>,
  method: string,
  nowSeconds: number,
): Caller | undefined {
  const token = /^PVEAPIToken[= ]([^=]+)=(.+)$/.exec(headers["authorization"] ?? "");
  if (token !== null) {
    const account = accounts.tokens.find((one) => one.id === token[1] && one.secret === token[2]);
    return account === undefined ? undefined : callerFrom(account.id, account.grants);
  }
  const user = ticketUser(cookie(headers["cookie"]) ?? "", nowSeconds);
  const account = accounts.passwords.find((one) => one.user === user);
  if (account === undefined) return undefined;
  const csrf = headers["csrfpreventiontoken"] ?? "";
  if (method !== "GET" && csrf !== csrfToken(account.user, csrf.split(":")[0] ?? "")) return undefined;
  return callerFrom(account.user, account.grants);
}
