/**
 * Says for a moment that something was done. What shows it is fetched with the first words, so that no page pays for it
 * before; where it cannot be fetched, the page itself already shows what was done.
 */
export const toast = {
  success(text: string): void {
    void import("sonner").then(
      (sonner) => sonner.toast.success(text),
      () => undefined,
    );
  },
};
