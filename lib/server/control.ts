import { timingSafeEqual } from "node:crypto";
import fs from "node:fs";
import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import { inDataDirectory } from "@/lib/store/data-files";
import { type Context, context } from "./context";
import { createSetupLink } from "./setup";

/** What `control.json` in the data directory holds: how the server's own shell reaches the running server. */
export interface ControlFile {
  readonly pid: number;
  readonly port: number;
  /** Goes in the header `x-trunkline-control`; new with each start. */
  readonly secret: string;
}

const fileIn = (ctx: Context): string => inDataDirectory(ctx.env.dataDir, "control.json");

/** Writes the control file, readable by the server's own user only. */
export function writeControlFile(ctx: Context): void {
  const content: ControlFile = { pid: process.pid, port: ctx.env.port, secret: ctx.controlSecret };
  fs.mkdirSync(ctx.env.dataDir, { recursive: true, mode: 0o700 });
  const part = `${fileIn(ctx)}.${process.pid}`;
  fs.writeFileSync(part, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  fs.renameSync(part, fileIn(ctx));
}

/** A fresh one-time link, for a caller that proves it can read the control file. */
export async function controlledLink(secret: string | null): Promise<Result<string, Failure>> {
  const ctx = await context();
  const given = Buffer.from(secret ?? "");
  const right = Buffer.from(ctx.controlSecret);
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    return err({ kind: "forbidden", retry: false, message: "The control secret is missing or wrong." });
  }
  return ok(await createSetupLink(ctx));
}
