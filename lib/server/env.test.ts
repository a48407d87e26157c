import { describe, expect, it } from "vitest";
import { envSchema, parseEnv } from "./env";

describe("parseEnv", () => {
  it("has a default for everything, and takes an empty text for not set", () => {
    const parsed = parseEnv({ PORT: "", DATABASE_URL: "" });
    expect(parsed.ok && parsed.value).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      databaseUrl: null,
      publicUrl: "http://localhost:3000",
      demo: null,
    });
  });

  it("describes every setting", () => {
    for (const [name, schema] of Object.entries(envSchema.shape)) expect(schema.description, name).toMatch(/\.$/);
  });

  it.each([
    [{ PORT: "80000" }, /^PORT /],
    [{ PORT: "abc" }, /^PORT /],
    [{ DATABASE_URL: "mysql://x" }, /^DATABASE_URL must be an address starting with postgresql:\/\//],
    [{ TRUNKLINE_SECRET_KEY: "short" }, /^TRUNKLINE_SECRET_KEY must have at least 32 characters/],
    [{ TRUNKLINE_PUBLIC_URL: "trunkline.example" }, /^TRUNKLINE_PUBLIC_URL must be an address/],
    [{ TRUNKLINE_DEMO: "yes" }, /^TRUNKLINE_DEMO must be 0 or 1/],
    [{ TRUNKLINE_DEMO_TOKEN: "nonsense" }, /^TRUNKLINE_DEMO_TOKEN must look like/],
    [{ TRUNKLINE_DEMO_ENDPOINT: "http://127.0.0.1:1" }, /must be set together/],
    [{ TRUNKLINE_DEMO_AGENTS: '[{"node":"pve1"}]' }, /^TRUNKLINE_DEMO_AGENTS must be the JSON/],
    [{ TRUNKLINE_BACKUPS: "0" }, /^TRUNKLINE_BACKUPS /],
    [{ TRUNKLINE_LOG_LEVEL: "loud" }, /^TRUNKLINE_LOG_LEVEL must be one of/],
  ])("refuses %o in one sentence that names it", (source, sentence) => {
    const parsed = parseEnv(source);
    expect(!parsed.ok && parsed.error).toMatch(sentence);
    expect(!parsed.ok && parsed.error).toMatch(/\.$/);
  });

  it("does not repeat a wrong secret, and names all wrong values at once", () => {
    const parsed = parseEnv({ TRUNKLINE_SECRET_KEY: "hunter2", PORT: "x" });
    expect(!parsed.ok && parsed.error).toMatch(/PORT .*TRUNKLINE_SECRET_KEY /);
    expect(JSON.stringify(parsed)).not.toContain("hunter2");
  });

  it("splits the demo token at its first equals sign", () => {
    const parsed = parseEnv({ TRUNKLINE_DEMO_ENDPOINT: "http://127.0.0.1:1", TRUNKLINE_DEMO_TOKEN: "a@b!c=d=e" });
    const demo = { endpoint: "http://127.0.0.1:1", tokenId: "a@b!c", secret: "d=e", agents: [] };
    expect(parsed.ok && parsed.value.demo).toEqual(demo);
  });
});
