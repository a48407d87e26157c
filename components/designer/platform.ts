/** Whether this is a Mac, for the names of keys. False on the server. */
export function isMac(): boolean {
  return typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);
}
