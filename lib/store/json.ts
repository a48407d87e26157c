import { createHash } from "node:crypto";
import type { Prisma } from "@/prisma/generated/client";

/**
 * A plain value as a JSON column takes it. PostgreSQL's jsonb refuses NUL characters and broken surrogate pairs, which
 * may come from a task log; they become the replacement character, so that a journal line is never lost for its text.
 */
export function toJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => (typeof item === "string" ? storable(item) : item)),
  ) as Prisma.InputJsonValue;
}

const storable = (text: string): string => text.toWellFormed().replaceAll("\u0000", "\uFFFD");

/** Whether `toJson` would leave the value as it is. For what a person wrote: refused rather than altered. */
export function isStorable(value: unknown): boolean {
  if (typeof value === "string") return storable(value) === value;
  if (Array.isArray(value)) return value.every(isStorable);
  if (value !== null && typeof value === "object") {
    return Object.entries(value).every(([key, item]) => storable(key) === key && isStorable(item));
  }
  return true;
}

/** JSON text with sorted keys: jsonb does not keep their order, so only this text can be compared or hashed. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === "object" && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** SHA-256 in hexadecimal. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
