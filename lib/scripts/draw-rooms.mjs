// Draws docs/architecture/rooms.md from the imports as they are: node lib/scripts/draw-rooms.mjs
import fs from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { command, Refusal } from "./say.mjs";

const ROOM = /^(app|components|lib\/[a-z]+)\//;

await command(async () => {
  const { ok, output } = await run(process.execPath, [
    path.join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
    ...[
      "--config",
      ".dependency-cruiser.cjs",
      "--output-type",
      "json",
      "--exclude",
      "[.](test|bench)[.]|/arbitrary[.]",
    ],
    ...["app", "components", "lib"],
  ]);
  const start = output.indexOf("{");
  if (start < 0) throw new Refusal(`dependency-cruiser gave no result.\n${output}`);
  if (!ok) process.stderr.write("Some walls are broken; the drawing shows the imports as they are.\n");

  const imports = new Map();
  for (const { source, dependencies } of JSON.parse(output.slice(start)).modules) {
    const from = ROOM.exec(source)?.[1];
    for (const { resolved } of dependencies) {
      const to = ROOM.exec(resolved)?.[1];
      if (!from || !to || from === to) continue;
      const edge = `${from} ${to}`;
      imports.set(edge, (imports.get(edge) ?? 0) + 1);
    }
  }
  const lines = [...imports].sort().map(([edge, count]) => {
    const [from, to] = edge.split(" ");
    return `  ${name(from)}["${from}"] -- ${count} --> ${name(to)}["${to}"]`;
  });
  fs.writeFileSync(path.join(root, "docs/architecture/rooms.md"), page(lines));
});

function name(room) {
  return room.replace("/", "_");
}

function page(lines) {
  return `# The rooms

Who imports whom, drawn from the code by \`node lib/scripts/draw-rooms.mjs\`; tests are left out. A number counts imports. What each
room is for stands in the [overview](overview.md); what it may import is held by \`.dependency-cruiser.cjs\`.

\`\`\`mermaid
graph TD
${lines.join("\n")}
\`\`\`
`;
}
