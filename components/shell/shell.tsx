import type { ReactNode } from "react";
import type { Actor } from "@/lib/server/views";
import { Rail } from "./rail";
import { TopBar } from "./top-bar";

interface ShellProps {
  readonly actor: Actor;
  readonly signOut: () => Promise<void>;
  readonly children: ReactNode;
}

/** The frame of every page behind the sign-in. Ordinary pages put a `PageBody` inside; the designer takes all of it. */
export function Shell({ actor, signOut, children }: ShellProps) {
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-sm bg-accent px-3 py-2 font-medium text-on-accent text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="contents">
        <Rail actor={actor} signOut={signOut} />
      </header>
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar actor={actor} signOut={signOut} />
        <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
    </div>
  );
}
