import { diffLineKind } from "./diff-groups";

const LOOK = {
  add: "bg-add-soft text-add",
  remove: "bg-destroy-soft text-destroy",
  hunk: "text-text-3",
  file: "text-text-3",
  same: "text-text-2",
} as const;

/** A unified diff, line by line. Its own + and − carry the meaning; colour repeats it. */
export function UnifiedDiff({ text, label }: { readonly text: string; readonly label: string }) {
  const lines = text.replace(/\n$/, "").split("\n");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls on its own has to be reachable by keyboard
    <section tabIndex={0} aria-label={label} className="max-h-[32rem] overflow-auto py-1">
      <pre className="w-max min-w-full mono text-xs leading-5">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text have no other identity
          <span key={index} className={`block px-4 ${LOOK[diffLineKind(line)]}`}>
            {line || " "}
          </span>
        ))}
      </pre>
    </section>
  );
}
