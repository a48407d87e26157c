import type { Layout } from "@/lib/core/layout/model";
import type { Template } from "@/prisma/generated/client";
import { toJson } from "./json";
import { layoutOf } from "./layouts";
import type { Db } from "./store";

export function listTemplates(db: Db): Promise<Omit<Template, "layout">[]> {
  return db.template.findMany({ omit: { layout: true }, orderBy: { title: "asc" } });
}

export async function findTemplate(
  db: Db,
  id: string,
): Promise<(Omit<Template, "layout"> & { readonly layout: Layout }) | null> {
  const row = await db.template.findUnique({ where: { id } });
  return row ? { ...row, layout: layoutOf(row.layout) } : null;
}

/** The title of the template that is gone now; null when there was none. */
export async function deleteTemplate(db: Db, id: string): Promise<string | null> {
  const row = await db.template.findUnique({ where: { id }, select: { title: true } });
  return row && (await db.template.deleteMany({ where: { id } })).count > 0 ? row.title : null;
}

export async function insertTemplate(
  db: Db,
  input: Pick<Template, "title" | "summary" | "tags" | "asks" | "createdBy"> & { readonly layout: Layout },
): Promise<string> {
  const row = await db.template.create({ data: { ...input, layout: toJson(input.layout) } });
  return row.id;
}
