import type { ReactNode } from "react";
import { Mark } from "./wordmark";

interface CentredProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** A page without the rail: signing in, setting up, something not found. */
export function Centred({ title, description, children }: CentredProps) {
  return (
    <main className="flex min-h-dvh items-start justify-center px-4 py-[12vh]">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex items-center gap-2.5">
          <Mark size={24} />
          <span className="font-semibold text-lg tracking-tight">Trunkline</span>
        </div>
        <h1 className="text-xl">{title}</h1>
        {description && <p className="mt-1.5 text-sm text-text-2">{description}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
