/** Lines of a log in a box that scrolls; the newest are at the foot. */
export function LogTail({ lines, label }: { readonly lines: readonly string[]; readonly label: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable from the keyboard
      tabIndex={0}
      className="mt-1.5 max-h-72 overflow-auto rounded-md border border-hairline bg-sunken px-3 py-2"
    >
      <pre className="text-xs leading-5">{lines.join("\n")}</pre>
    </section>
  );
}
