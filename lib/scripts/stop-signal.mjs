/** Thrown by work that was given up because the person asked the command to stop. */
export class Stopped extends Error {}

let asked = false;
let resolveAsked = () => {};

/** Resolves when Ctrl-C is pressed, the terminal goes away or the service manager asks the command to end. */
export const whenAsked = new Promise((resolve) => {
  resolveAsked = resolve;
});

/** From here on those signals no longer end this process by themselves: whoever calls this tidies up. */
export function listenForStop() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      asked = true;
      resolveAsked(undefined);
    });
  }
}

/** Gives up, by throwing, when the person has asked for it. */
export function giveUpWhenAsked() {
  if (asked) throw new Stopped();
}
