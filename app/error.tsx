"use client";

import { Centred } from "@/components/shell/centred";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** The same as inside the shell, for pages without a session. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <Centred title="Something in Trunkline itself went wrong" description="Nothing you saved is touched by it.">
      <div className="flex flex-col items-start gap-4">
        {error.digest && (
          <p className="text-sm text-text-2">
            The server's log has the details under <Mono>{error.digest}</Mono>.
          </p>
        )}
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      </div>
    </Centred>
  );
}
