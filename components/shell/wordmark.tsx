/** The mark: lanes that share one trunk. Decorative, the name stands beside it or in a label. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 20 20" fill="none" className="shrink-0">
      <rect x="2" y="2" width="3" height="16" rx="1.5" fill="var(--text)" />
      <path d="M5 5.5h13M5 10h13M5 14.5h13" stroke="var(--accent)" strokeWidth="2" />
      <circle cx="12" cy="5.5" r="2.25" fill="var(--surface)" stroke="var(--accent)" strokeWidth="1.5" />
      <circle cx="16" cy="10" r="2.25" fill="var(--surface)" stroke="var(--accent)" strokeWidth="1.5" />
      <circle cx="10" cy="14.5" r="2.25" fill="var(--surface)" stroke="var(--accent)" strokeWidth="1.5" />
    </svg>
  );
}
