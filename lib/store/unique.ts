import { Prisma } from "@/prisma/generated/client";

/** Gives null instead of an exception when a unique value is taken already; everything else stays an exception. */
export async function unlessTaken<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((cause: unknown) => {
    if (cause instanceof Prisma.PrismaClientKnownRequestError && cause.code === "P2002") return null;
    throw cause;
  });
}
