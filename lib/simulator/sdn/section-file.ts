import { createHash } from "node:crypto";
import { died } from "@/lib/simulator/http/refusal";
import { IndexedSections, type Sections } from "@/lib/simulator/sdn/indexed-sections";
import type { OptionTable, Section } from "@/lib/simulator/sdn/section";

function fingerprint(id: string, section: Section | null): Buffer {
  const fields = section === null ? [] : Object.entries(section).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha1")
    .update(JSON.stringify([id, fields]))
    .digest();
}

/** What a reader finds after a write: texts without the white space around them, empty ones not at all. */
function asReadBack(section: Section): Section {
  const entries = Object.entries(section).map(([name, value]) => [
    name,
    typeof value === "string" ? value.trim() : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

/**
 * One configuration file of the cluster (zones, vnets, …) with the habits of the real ones.
 *
 * - White space around a text is lost and empty texts are not written. An object whose *required* option was empty cannot be read back: it stays
 *   as a name without contents, every listing stumbles over it and nothing can be written until a rollback.
 * - The digest covers the whole file. It is kept as the XOR of one hash per object, so a change costs O(1)
 *   however many objects there are, and equal contents have equal digests.
 */
export class SectionFile {
  #sections = new IndexedSections();
  #sorted: readonly string[] | undefined;
  #unreadable = 0;
  readonly #sum = Buffer.alloc(20);

  /** Identifiers in ASCII order. */
  ids(): readonly string[] {
    this.#sorted ??= [...this.#sections.keys()].sort();
    return this.#sorted;
  }

  has(id: string): boolean {
    return this.#sections.has(id);
  }

  /** The object, or nothing when it is absent or unreadable. */
  get(id: string): Section | undefined {
    return this.#sections.get(id) ?? undefined;
  }

  /** Every readable object; the order is that of creation. */
  *readable(): Generator<readonly [string, Section]> {
    for (const [id, section] of this.#sections) if (section !== null) yield [id, section];
  }

  /** Readable objects whose option reads `value`, in order of creation. */
  where(option: string, value: string): readonly (readonly [string, Section])[] {
    return this.#sections.idsWhere(option, value).flatMap((id) => {
      const section = this.#sections.get(id);
      return section ? [[id, section] as const] : [];
    });
  }

  /** Writes one object. Throws a refusal (500) while the file holds an unreadable one. */
  put(id: string, section: Section, table: OptionTable): void {
    this.#refuseUnreadable();
    const written = asReadBack(section);
    const complete = Object.entries(table).every(([name, need]) => need === "optional" || written[name] !== undefined);
    this.#store(id, complete ? written : null);
  }

  /** Removes one object. Throws a refusal (500) while the file holds an unreadable one. */
  remove(id: string): void {
    this.#refuseUnreadable();
    this.#drop(id);
    this.#sorted = undefined;
  }

  /** 40 hexadecimal digits over all contents. */
  digest(): string {
    return this.#sum.toString("hex");
  }

  snapshot(): Sections {
    return new IndexedSections(this.#sections);
  }

  replaceAll(sections: Iterable<readonly [string, Section | null]>): void {
    this.#sections = new IndexedSections();
    this.#sum.fill(0);
    this.#unreadable = 0;
    for (const [id, section] of sections) this.#store(id, section);
    this.#sorted = undefined;
  }

  #refuseUnreadable(): void {
    if (this.#unreadable > 0) throw died("unknown section type ''");
  }

  #store(id: string, section: Section | null): void {
    if (!this.#sections.has(id)) this.#sorted = undefined;
    this.#drop(id);
    this.#sections.set(id, section);
    if (section === null) this.#unreadable += 1;
    this.#mix(fingerprint(id, section));
  }

  #drop(id: string): void {
    const before = this.#sections.get(id);
    if (before === undefined) return;
    if (before === null) this.#unreadable -= 1;
    this.#mix(fingerprint(id, before));
    this.#sections.delete(id);
  }

  #mix(hash: Buffer): void {
    for (const [index, byte] of hash.entries()) this.#sum[index] = (this.#sum[index] ?? 0) ^ byte;
  }
}
