import { describe, expect, test } from "vitest";
import { answerFailure } from "./answer-failure";

const TOKEN = "ops@pve!ci";
const PM = " at /usr/share/perl5/PVE/Network/SDN.pm line 291.";

function failureOf(
  status: number,
  message: string | null,
  more: { errors?: object; reason?: string; write?: boolean } = {},
) {
  const body = message === null ? null : { data: null, message, ...(more.errors ? { errors: more.errors } : {}) };
  const asked = { what: "create vnet app", write: more.write ?? true, tokenId: TOKEN };
  return answerFailure({ status, statusText: more.reason ?? "", body }, asked);
}

describe("texts as Proxmox VE 9 gives them", () => {
  test("400 names its parameters in a map", () => {
    const failure = failureOf(400, "Parameter verification failed.\n", {
      errors: { "dhcp-range[0]": "invalid format - format error\ndhcp-range[0].start-address: property is missing\n" },
    });
    expect(failure).toMatchObject({ kind: "rejected", retry: false });
    expect(failure.fields).toEqual({
      "dhcp-range[0]": "invalid format - format error, dhcp-range[0].start-address: property is missing",
    });
    expect(failure.message).toMatch(/^Could not create vnet app: dhcp-range\[0\]: invalid format/);
  });

  test("500 names them in its later lines", () => {
    const text =
      "create sdn vnet object failed: 400 Parameter verification failed.\ntag: tag 10 already exist in zone q1 vnet qc\n";
    expect(failureOf(500, text)).toEqual({
      kind: "refused",
      message: "Could not create vnet app: tag: tag 10 already exist in zone q1 vnet qc.",
      detail: text.trim(),
      fields: { tag: "tag 10 already exist in zone q1 vnet qc" },
      retry: false,
      next: "Correct what Proxmox names, then plan again.",
    });
  });

  test.each([
    ["unexpected property 'dhcp'\n", "dhcp"],
    ["update sdn zone object failed: unexpected property 'dhcp'\n", "dhcp"],
    ["missing value for required option 'bridge'\n", "bridge"],
    ["update sdn vnet object failed: no such option 'nosuch'\n", "nosuch"],
    ["update sdn zone object failed: unable to delete required option 'vrf-vxlan'\n", "vrf-vxlan"],
  ])("%s blames %s", (text, field) => {
    expect(Object.keys(failureOf(500, text).fields ?? {})).toEqual([field]);
  });

  test("places in Perl's source are cut off, everywhere", () => {
    const failure = failureOf(500, `delete sdn zone object failed: zone z1 is used by vnet v1${PM}\n`);
    expect(failure.message).toBe("Could not create vnet app: zone z1 is used by vnet v1.");
    expect(failure.detail).not.toContain("perl5");
  });

  test.each([
    "could not acquire lock for SDN config: invalid lock token provided!",
    "create sdn zone object failed: invalid lock token provided!",
    "could not commit SDN config: invalid lock token provided!",
    "could not rollback SDN configuration: invalid lock token provided!",
  ])("%s means locked", (text) => {
    const failure = failureOf(500, `${text}${PM}\n`);
    expect(failure).toMatchObject({ kind: "locked", retry: false });
    expect(failure.next).toContain("force");
  });

  test("pending changes that stand in the way of the lock are a refusal with a next step", () => {
    const failure = failureOf(500, `could not acquire lock for SDN config: configuration has pending changes${PM}\n`);
    expect(failure).toMatchObject({
      kind: "refused",
      message: "Could not create vnet app: configuration has pending changes.",
    });
    expect(failure.next).toContain("pending");
  });

  test("401 comes with an empty body", () => {
    expect(failureOf(401, null, { reason: "Authentication failed!" })).toMatchObject({
      kind: "unauthorized",
      message: "Could not create vnet app: the API token was not accepted.",
      retry: false,
    });
  });

  test.each([
    ["/sdn/zones, SDN.Allocate", "/sdn --tokens 'ops@pve!ci' --roles PVESDNAdmin"],
    ["/sdn/zones/z1/v1, SDN.Audit|SDN.Allocate", "/sdn --tokens 'ops@pve!ci' --roles PVESDNUser"],
    ["/nodes/pve1, Sys.Audit", "/nodes --tokens 'ops@pve!ci' --roles PVEAuditor"],
    ["/, Sys.Audit", "/ --tokens 'ops@pve!ci' --roles PVEAuditor"],
  ])("403 for (%s) says what to paste", (missing, command) => {
    const failure = failureOf(403, `Permission check failed (${missing})\n`);
    expect(failure.kind).toBe("forbidden");
    expect(failure.next).toContain(`pveum acl modify ${command}`);
  });

  test("501 is unsupported, 595 a node that does not answer", () => {
    expect(failureOf(501, "Method 'POST /cluster/sdn/lock' not implemented").kind).toBe("unsupported");
    expect(failureOf(501, null, { reason: "method 'PATCH' not available" }).kind).toBe("unsupported");
    const gone = failureOf(595, null, { reason: "No route to host" });
    expect(gone).toMatchObject({ kind: "node-unreachable", retry: true });
    expect(gone.unclear).toBeUndefined();
    expect(failureOf(596, null).unclear).toBe(true);
    expect(failureOf(596, null, { write: false }).unclear).toBeUndefined();
  });
});

test("older releases give the reason in the phrase only, and a proxy may drop that too", () => {
  const phrase = failureOf(500, null, {
    reason: "create sdn zone object failed: sdn zone object ID 'z1' already defined",
  });
  expect(phrase.message).toBe("Could not create vnet app: sdn zone object ID 'z1' already defined.");
  expect(failureOf(500, null).message).toBe("Could not create vnet app: Proxmox gave no reason.");
});

test("a commit whose worker did not start may have happened", () => {
  expect(failureOf(500, "got no worker upid - start worker failed\n")).toMatchObject({
    kind: "refused",
    unclear: true,
    retry: true,
  });
});

test("a gateway that gives up leaves a write unclear", () => {
  expect(failureOf(504, null)).toMatchObject({ kind: "unreachable", unclear: true });
  expect(failureOf(504, null, { write: false }).unclear).toBeUndefined();
});
