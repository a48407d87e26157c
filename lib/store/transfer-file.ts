import fs from "node:fs";
import { pipeline as pump, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { err, ok, type Result } from "@/lib/core/result";
import { causeText, type StoreError, storeError } from "./store-error";
import { writeWholeFile } from "./whole-file";

/**
 * The file of `npm run export`: gzip over lines of JSON. The first line is the header; then comes one line per row, table
 * after table in the header's order, so that a row is always written after those it refers to.
 */
export interface TransferHeader {
  /** The newest migration of the database that was exported. */
  readonly schema: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/** One row as PostgreSQL writes it as JSON. The text is never parsed on its way: no number loses a digit. */
export interface TransferRow {
  readonly table: string;
  readonly json: string;
}

const FORMAT = "trunkline-export";
const VERSION = 1;
const formatSchema = z.object({ format: z.literal(FORMAT), version: z.int().positive() });
const headerSchema = z.object({
  schema: z.string().regex(/^\d{14}_\w+$/),
  date: z.iso.datetime(),
  // The names become part of SQL.
  tables: z.array(z.object({ name: z.string().regex(/^[A-Z][A-Za-z]*$/), rows: z.int().nonnegative() })),
});

class NotAnExport extends Error {}

/** Writes an export; an existing file is left alone. Rejects when a row cannot be read from the database. */
export async function writeTransfer(
  target: string,
  header: TransferHeader,
  rows: AsyncIterable<TransferRow>,
): Promise<void> {
  async function* lines(): AsyncGenerator<string> {
    yield `${JSON.stringify({ format: FORMAT, version: VERSION, ...header })}\n`;
    for await (const row of rows) yield `${prefixOf(row.table)}${row.json}}\n`;
  }
  await writeWholeFile(target, (file) =>
    pipeline(Readable.from(lines()), createGzip(), async (packed: AsyncIterable<Buffer>) => {
      for await (const chunk of packed) await file.writeFile(chunk);
    }),
  );
}

/** Reads a file to its end and gives its header when everything the header announces is there. */
export async function checkTransfer(file: string): Promise<Result<TransferHeader, StoreError>> {
  const lines = linesOf(file);
  try {
    const header = parseHeader(await lines.next());
    for await (const row of rowsAfter(header, lines)) JSON.parse(row.json);
    return ok(header);
  } catch (cause) {
    return err(storeError("file", `${file} is not a complete export, nothing was changed: ${causeText(cause)}`));
  } finally {
    await lines.return(undefined);
  }
}

/** The rows of a file that was checked before, in its order. Throws when it has become another file meanwhile. */
export async function* readTransfer(file: string): AsyncGenerator<TransferRow> {
  const lines = linesOf(file);
  try {
    yield* rowsAfter(parseHeader(await lines.next()), lines);
  } finally {
    await lines.return(undefined);
  }
}

const prefixOf = (table: string): string => `{"table":"${table}","row":`;

function parseHeader(first: IteratorResult<string, void>): TransferHeader {
  const line: unknown = first.done ? null : JSON.parse(first.value);
  const format = formatSchema.safeParse(line);
  if (!format.success) throw new NotAnExport("its first line is not the header of an export.");
  if (format.data.version !== VERSION) {
    throw new NotAnExport(
      `its format has the version ${format.data.version}, this Trunkline reads ${VERSION}; import it with the version that wrote it.`,
    );
  }
  const header = headerSchema.safeParse(line);
  if (!header.success) throw new NotAnExport(`its header is damaged (${header.error.issues[0]?.path.join(".")}).`);
  return header.data;
}

async function* rowsAfter(header: TransferHeader, lines: AsyncGenerator<string, void>): AsyncGenerator<TransferRow> {
  for (const { name, rows } of header.tables) {
    const prefix = prefixOf(name);
    for (let count = 0; count < rows; count++) {
      const line = await lines.next();
      if (line.done) throw new NotAnExport(`it ends after ${count} of ${rows} rows of ${name}.`);
      if (!line.value.startsWith(prefix) || !line.value.endsWith("}")) {
        throw new NotAnExport(`row ${count + 1} of ${name} is not a row of that table.`);
      }
      yield { table: name, json: line.value.slice(prefix.length, -1) };
    }
  }
  if (!(await lines.next()).done) throw new NotAnExport("it goes on after its last row.");
}

/** Lines by line feed only: readline would also break at separators that are ordinary characters inside JSON text. */
async function* linesOf(file: string): AsyncGenerator<string, void> {
  const text = createGunzip();
  // An error on either side ends the loop below with that error.
  pump(fs.createReadStream(file), text, () => undefined);
  let begun: Buffer[] = [];
  for await (const chunk of text as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString("utf8");
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun).toString("utf8");
}
