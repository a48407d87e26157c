import { validateLayout } from "@/lib/core/validate/validate";
import { apply } from "./apply";
import { type Request, readRequest, USAGE } from "./arguments";
import { drift, importCluster, plan } from "./cluster-verbs";
import { convert } from "./convert";
import { readLayout } from "./files";
import { type Io, say } from "./io";
import { problemLines } from "./words";

/** Exit code for what cannot even be begun, by verb: see the table of exit codes in docs/reference/cli.md. */
const UNUSABLE = { validate: 2, convert: 2, apply: 2, plan: 1, import: 1, drift: 1 } as const;

/** Runs one command and gives its exit code. Never throws for input, files or the network. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  if (argv.includes("--help") || argv.length === 0) {
    say(io.out, USAGE);
    return argv.length === 0 ? 2 : 0;
  }
  const request = readRequest(argv, io.env);
  if (!request.ok) {
    say(io.err, `trunkline: ${request.error}`);
    return (UNUSABLE as Readonly<Record<string, number>>)[argv[0] ?? ""] ?? 2;
  }
  switch (request.value.verb) {
    case "validate":
      return validate(request.value, io);
    case "convert":
      return convert(request.value, io);
    case "plan":
      return plan(request.value, io);
    case "apply":
      return apply(request.value, io);
    case "import":
      return importCluster(request.value, io);
    case "drift":
      return drift(request.value, io);
  }
}

function validate({ file, json }: Request, io: Io): number {
  const layout = readLayout(file ?? "");
  if (!layout.ok) {
    say(io.err, layout.error);
    return 2;
  }
  const problems = validateLayout(layout.value);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (json) say(io.out, JSON.stringify({ problems }, null, 2));
  else if (problems.length === 0) say(io.out, io.paint.good("No problems found."));
  else
    say(
      io.out,
      [...problemLines(problems, io.paint), `${errors} errors, ${problems.length - errors} others.`].join("\n"),
    );
  return errors > 0 ? 1 : 0;
}
