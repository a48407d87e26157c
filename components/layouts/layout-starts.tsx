"use client";

import { LayoutTemplate, type LucideIcon, PenLine, Server } from "lucide-react";
import type { ReactNode } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button, ButtonLink } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import type { Role } from "@/lib/server/views";

interface LayoutStartsProps {
  readonly role: Role;
  readonly connected: boolean;
  readonly onBlank: () => void;
}

/** Three ways to begin, in the place of an empty list. */
export function LayoutStarts({ role, connected, onBlank }: LayoutStartsProps) {
  return (
    <div className="grid gap-4 md:grid-cols-3">
      <Start
        icon={LayoutTemplate}
        title="Take a template"
        text="Six VLANs for a home lab, a small production site, or one of four others, with numbers that work."
      >
        <ButtonLink href="/templates" variant="primary">
          See the templates
        </ButtonLink>
      </Start>
      <Start
        icon={PenLine}
        title="Start blank"
        text={
          <>
            Add a zone, then type lines like <Mono className="whitespace-nowrap text-text">30 voip 10.10.30.0/24</Mono>
          </>
        }
      >
        <Button onClick={onBlank} disabledReason={roleReason(role, "operator", "change layouts")}>
          New layout
        </Button>
      </Start>
      <Start
        icon={Server}
        title={connected ? "Connect another cluster" : "Connect a cluster"}
        text="Its nodes and bridges become the board. Connecting only reads."
      >
        {role === "owner" ? (
          <ButtonLink href="/clusters/new">Connect a cluster</ButtonLink>
        ) : (
          <Button disabledReason={roleReason(role, "owner", "connect clusters")}>Connect a cluster</Button>
        )}
      </Start>
    </div>
  );
}

interface StartProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: ReactNode;
  readonly children: ReactNode;
}

function Start({ icon: Icon, title, text, children }: StartProps) {
  return (
    <section className="flex flex-col items-start gap-2 rounded-lg border border-hairline bg-surface p-5">
      <Icon aria-hidden size={20} className="mb-1 text-accent" strokeWidth={1.75} />
      <h2 className="text-base">{title}</h2>
      <p className="flex-1 pb-3 text-sm text-text-2">{text}</p>
      {children}
    </section>
  );
}
