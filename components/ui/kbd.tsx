/** A key as printed on the keyboard. */
export function Kbd({ children }: { readonly children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-xs border border-hairline bg-sunken px-1 text-text-2 text-xs">
      {children}
    </kbd>
  );
}
