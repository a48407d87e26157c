/** Parameters of a request: a list means that the key is repeated. */
export type Params = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * Parameters as Proxmox reads them, for a query and for a form body: booleans are 1 and 0 (`true` is refused), a list
 * repeats its key (PVE::APIServer::AnyEvent).
 */
export function encodeForm(params: Params): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "object") for (const one of value) form.append(name, one);
    else form.append(name, typeof value === "boolean" ? (value ? "1" : "0") : String(value));
  }
  return form.toString();
}
