"use client";

import { PageBody } from "@/components/shell/page-body";
import { Button, ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** A bug of ours, said plainly. Saved layouts and the history are in the database and not touched by it. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <PageBody width="narrow">
      <PageHeader title="This page stopped working" />
      <Callout
        kind="error"
        title="Something in Trunkline itself went wrong"
        actions={
          <>
            <Button onClick={reset}>Try again</Button>
            <ButtonLink href="/layouts" variant="ghost">
              Go to layouts
            </ButtonLink>
          </>
        }
      >
        <p>What you saved is safe, and no run is stopped by this.</p>
        {error.digest && (
          <p className="mt-1">
            The server's log has the details under <Mono>{error.digest}</Mono>.
          </p>
        )}
      </Callout>
    </PageBody>
  );
}
