import { Fragment } from "react";

/** A SHA-256 fingerprint, broken only between its pairs so that it can be compared by eye. */
export function Fingerprint({ text }: { readonly text: string }) {
  const pairs = text.split(":");
  return (
    <span className="mono inline-block max-w-[50ch]">
      {pairs.map((pair, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair is its place
        <Fragment key={place}>
          {pair}
          {place < pairs.length - 1 ? ":" : ""}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}
