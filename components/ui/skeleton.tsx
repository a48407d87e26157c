import { classNames } from "./class-names";

/** A grey stand-in with the size of what comes. Invisible for the first 150 ms. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={classNames("animate-late rounded-xs bg-hover", className)} />;
}

/** Says once, for assistive technology, that something is being loaded. */
export function LoadingNote({ what }: { readonly what: string }) {
  return (
    <p role="status" className="sr-only">
      Loading {what}
    </p>
  );
}
