"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "./button";
import { FailureMessage } from "./failure-message";
import { readFailure } from "./get-json";
import { Skeleton } from "./skeleton";

interface ReadStateProps<T> {
  readonly query: UseQueryResult<T>;
  /** What is read, for people who cannot see the grey boxes: "the objects of demo". */
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}

/** Shows what a query has read; before that grey boxes, and when it cannot be read why, with a way to try again. */
export function ReadState<T>({ query, what, children }: ReadStateProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <FailureMessage
        failure={readFailure(query.error)}
        actions={
          <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
            Try again
          </Button>
        }
      />
    );
  }
  return (
    <div aria-busy className="flex flex-col gap-2">
      <span className="sr-only">Reading {what}</span>
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
    </div>
  );
}
