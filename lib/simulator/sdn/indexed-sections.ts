import type { Section } from "@/lib/simulator/sdn/section";

/** Objects by identifier, to read. `null` marks one that cannot be read back. */
export interface Sections extends Iterable<readonly [string, Section | null]> {
  readonly size: number;
  get(id: string): Section | null | undefined;
  has(id: string): boolean;
  keys(): Iterable<string>;
  /** Identifiers of the readable objects whose option reads `value`; in order of creation. */
  idsWhere(option: string, value: string): readonly string[];
}

type Index = Map<string, Set<string>>;

/** Objects by identifier, with an index over each option that has been asked for. */
export class IndexedSections implements Sections {
  readonly #sections: Map<string, Section | null>;
  readonly #indexes = new Map<string, Index>();

  constructor(entries: Iterable<readonly [string, Section | null]> = []) {
    this.#sections = new Map(entries);
  }

  get size(): number {
    return this.#sections.size;
  }

  get(id: string): Section | null | undefined {
    return this.#sections.get(id);
  }

  has(id: string): boolean {
    return this.#sections.has(id);
  }

  keys(): Iterable<string> {
    return this.#sections.keys();
  }

  [Symbol.iterator](): Iterator<readonly [string, Section | null]> {
    return this.#sections[Symbol.iterator]();
  }

  idsWhere(option: string, value: string): readonly string[] {
    return [...(this.#index(option).get(value) ?? [])];
  }

  set(id: string, section: Section | null): void {
    this.delete(id);
    this.#sections.set(id, section);
    for (const [option, index] of this.#indexes) addTo(index, option, id, section);
  }

  delete(id: string): void {
    const before = this.#sections.get(id);
    for (const [option, index] of this.#indexes)
      if (before?.[option] !== undefined) index.get(String(before[option]))?.delete(id);
    this.#sections.delete(id);
  }

  #index(option: string): Index {
    const known = this.#indexes.get(option);
    if (known !== undefined) return known;
    const index: Index = new Map();
    for (const [id, section] of this.#sections) addTo(index, option, id, section);
    this.#indexes.set(option, index);
    return index;
  }
}

function addTo(index: Index, option: string, id: string, section: Section | null): void {
  const value = section?.[option];
  if (value === undefined) return;
  const ids = index.get(String(value)) ?? new Set();
  ids.add(id);
  index.set(String(value), ids);
}
