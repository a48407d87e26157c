"use client";

import { useQuery } from "@tanstack/react-query";
import type { ServerAction } from "@/components/ui/use-action";
import type { PrivilegeCheck } from "@/lib/server/views";

/** What a stored cluster's token may do; null where it could not be asked, which is "not checked" and never "fine". */
export function usePrivileges(clusterId: string | null, check: ServerAction<readonly PrivilegeCheck[]>) {
  return useQuery({
    queryKey: ["privileges", clusterId],
    queryFn: async () => {
      const checks = await check({ clusterId });
      return checks.ok ? checks.value : null;
    },
    enabled: clusterId !== null,
    staleTime: 60_000,
  });
}
