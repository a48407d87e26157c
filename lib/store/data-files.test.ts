import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** Rooms that handle files of the data directory and end up in the server's build. */
const ROOMS = ["lib/store", "lib/server"];

it("no path is built where the build could guess it and copy the data beside the server", () => {
  const guessable = ROOMS.flatMap((room) => fs.readdirSync(room).map((name) => path.join(room, name)))
    .filter((file) => file.endsWith(".ts") && !/[.](test|bench)[.]ts$/.test(file))
    .flatMap((file) =>
      [
        ...fs
          .readFileSync(file, "utf8")
          .matchAll(/\bpath\s*\.(?:join|resolve)\((?!\s*\/\* turbopackIgnore: true \*\/)([^)]*)/g),
      ]
        // The temporary directory is outside of the project, and issue.path is no file.
        .filter(([, first = ""]) => !/^(os\.tmpdir\(|"\."$)/.test(first))
        .map(([call]) => `${file}: ${call}`),
    );
  expect(guessable).toEqual([]);
});
