import type { Metadata } from "next";
import { PageBody } from "@/components/shell/page-body";
import { TemplateCard } from "@/components/templates/template-card";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import type { Layout } from "@/lib/core/layout/model";
import { parameterDefaults, starterById } from "@/lib/core/layout/starters";
import { requireActor } from "@/lib/server/session";
import { listTemplates, loadSavedTemplate } from "@/lib/server/templates";
import type { Actor } from "@/lib/server/views";

/** Six networks show what the product does, on one node and with numbers everybody can use. */
const FIRST = "homelab-six-vlans";

export const metadata: Metadata = { title: "Templates" };

export default async function TemplatesPage() {
  const actor = await requireActor();
  const templates = await listTemplates(actor);
  const shown = templates.ok ? templates.value.toSorted((a, b) => Number(b.id === FIRST) - Number(a.id === FIRST)) : [];
  const pictures = await Promise.all(shown.map(({ id }) => pictureOf(actor, id)));
  return (
    <PageBody>
      <PageHeader
        title="Templates"
        description="Complete networks with good numbers. Pick one, check it on your own nodes, deploy it."
      />
      {templates.ok ? (
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {shown.map((template, index) => (
            <TemplateCard
              key={template.id}
              template={template}
              layout={pictures[index] ?? null}
              first={template.id === FIRST}
            />
          ))}
        </ul>
      ) : (
        <FailureMessage failure={templates.error} />
      )}
    </PageBody>
  );
}

/** What a template builds: a built-in one with its documented numbers. */
async function pictureOf(actor: Actor, id: string): Promise<Layout | null> {
  const starter = starterById(id);
  if (starter) {
    const built = starter.build(parameterDefaults(starter, { nodes: [], bridges: [] }));
    return built.ok ? built.value : null;
  }
  const saved = await loadSavedTemplate(actor, id);
  return saved.ok ? saved.value.layout : null;
}
