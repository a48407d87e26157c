import { context } from "./context";

/** Whether the database answers a trivial question. */
export async function readReadiness(): Promise<boolean> {
  try {
    const { db } = await context();
    await db.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
