"use client";

import { useQuery } from "@tanstack/react-query";
import { getJson } from "@/components/ui/get-json";
import { STARTERS } from "@/lib/core/layout/starters";
import { savedStarter } from "@/lib/core/layout/starters/saved-starter";
import type { Starter } from "@/lib/core/layout/starters/starter";
import type { SavedTemplateView, TemplateSummary } from "@/lib/server/views";

/** Pictures of more than these would be a library, and that has a page of its own. */
const MOST = 24;

/** Every template that can be put into a layout: the saved ones once they are read, and the built-in ones at once. */
export function useTemplateShelf(): readonly Starter[] {
  const { data } = useQuery({
    queryKey: ["templates"],
    queryFn: async ({ signal }) => {
      const all = await getJson<readonly TemplateSummary[]>("/api/v1/templates", signal);
      const own = all.filter(({ builtIn }) => !builtIn).slice(0, MOST);
      const read = ({ id }: TemplateSummary) =>
        getJson<SavedTemplateView>(`/api/v1/templates/${encodeURIComponent(id)}`, signal);
      return (await Promise.all(own.map(read))).map(savedStarter);
    },
    staleTime: 15_000,
  });
  return data ? [...data, ...STARTERS] : STARTERS;
}
