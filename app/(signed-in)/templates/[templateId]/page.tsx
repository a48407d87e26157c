import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { PageBody } from "@/components/shell/page-body";
import { roleReason } from "@/components/shell/role-reason";
import { DeleteTemplate } from "@/components/templates/delete-template";
import { DeployPanel } from "@/components/templates/deploy-panel";
import { Badge } from "@/components/ui/badge";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { listClusters } from "@/lib/server/clusters";
import { requireActor } from "@/lib/server/session";
import { listTemplates, loadSavedTemplate } from "@/lib/server/templates";
import { check } from "../../clusters/actions";
import { deploy, remove } from "./actions";

interface TemplatePageProps {
  readonly params: Promise<{ readonly templateId: string }>;
}

export const metadata: Metadata = { title: "Template" };

export default async function TemplatePage({ params }: TemplatePageProps) {
  const actor = await requireActor();
  const templateId = decodeURIComponent((await params).templateId);
  const [templates, clusters] = await Promise.all([listTemplates(actor), listClusters(actor)]);
  if (!templates.ok || !clusters.ok) {
    const failure = templates.ok ? clusters : templates;
    return <PageBody>{!failure.ok && <FailureMessage failure={failure.error} />}</PageBody>;
  }
  const template = templates.value.find(({ id }) => id === templateId);
  if (!template) notFound();
  const saved = template.builtIn ? null : await loadSavedTemplate(actor, template.id);
  return (
    <PageBody>
      <PageHeader
        back={
          <Link href="/templates" className="hover:text-text hover:underline">
            Templates
          </Link>
        }
        title={template.title}
        description={template.summary}
        facts={template.tags.map((tag) => <Badge key={tag}>{tag}</Badge>)}
        actions={
          !template.builtIn && (
            <DeleteTemplate
              id={template.id}
              title={template.title}
              reason={roleReason(actor.role, "operator", "delete templates")}
              remove={remove}
            />
          )
        }
      />
      <DeployPanel
        templateId={template.id}
        title={template.title}
        saved={saved?.ok ? saved.value : null}
        clusters={clusters.value}
        role={actor.role}
        deploy={deploy}
        check={check}
      />
    </PageBody>
  );
}
