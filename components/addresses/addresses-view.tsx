"use client";

/** Not built yet. */
export function AddressesView() {
  return <p className="p-4 text-sm text-text-2">This view is not built yet.</p>;
}
