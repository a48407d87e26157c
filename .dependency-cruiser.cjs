// The walls between the rooms (docs/architecture/overview.md). A rule's comment says why the wall stands: it is what
// a person reads when the check fails.
//
// dependency-cruiser reads TypeScript through @swc/core; without it every file is skipped and the result looks clean.
// lib/scripts/check-walls.mjs therefore fails on zero modules.

// What only tests and benches use: they compare rooms with each other, so the walls do not bind them.
const TEST = "([.](test|bench)|/arbitrary)[.]tsx?$|^lib/[^/]+/testing/";

/** A room that may import what is listed and nothing else. Tests are free: they compare rooms with each other. */
const only = (name, room, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: room, pathNot: TEST },
  to: { pathNot: [room, ...allowed] },
});

/** The same for a room that may also use Node's own modules. */
const onlyAndNode = (name, room, allowed, comment) => {
  const rule = only(name, room, allowed, comment);
  return { ...rule, to: { ...rule.to, dependencyTypesNot: ["core"] } };
};

/** A room that must not reach certain others. */
const never = (name, from, to, comment) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    never(
      "no-circular",
      {},
      { circular: true },
      "Two files that need each other are one idea in two places: join them, or move what they share to a third.",
    ),
    never(
      "nothing-unresolved",
      {},
      { couldNotResolve: true },
      "An import that leads nowhere is invisible to every other rule on this page.",
    ),
    only(
      "core-is-pure",
      "^lib/core/",
      ["^node_modules/zod/(mini|v4/mini|v4-mini)/", "^node_modules/ipaddr[.]js/"],
      "The core decides and never acts: no Node, no network, no clock. What it needs from outside is declared in lib/core/ports.ts and handed in. zod/mini and ipaddr.js are its only libraries.",
    ),
    onlyAndNode(
      "proxmox-speaks-core",
      "^lib/proxmox/",
      ["^lib/core/", "^node_modules/(zod|undici)/"],
      "The client translates between Proxmox's HTTP and the core's words. It knows nothing of databases, pages or the simulator.",
    ),
    onlyAndNode(
      "simulator-knows-no-client",
      "^lib/simulator/",
      ["^node_modules/(zod|selfsigned|ssh2|@types/ssh2)/"],
      "The simulator must not share a mistake with the client it tests, so it shares no code with it. ssh2 is the one library that both sides of SSH use (decision 0024).",
    ),
    onlyAndNode(
      "hosts-speak-core",
      "^lib/hosts/",
      ["^lib/core/", "^node_modules/(zod|ssh2|@types/ssh2)/"],
      "The hosts room speaks to the agents over SSH and knows no database, page or cluster client.",
    ),
    only(
      "exchange-is-pure",
      "^lib/exchange/",
      ["^lib/core/", "^node_modules/(zod|yaml)/"],
      "Foreign formats are read and written as values; whoever calls brings the file or the network.",
    ),
    onlyAndNode(
      "command-needs-no-app",
      "^lib/cli/",
      ["^lib/(core|proxmox|exchange)/", "^node_modules/(zod|tsx)/"],
      "The command works without web app and database, so it reaches none of their rooms.",
    ),
    onlyAndNode(
      "store-keeps-and-does-nothing-else",
      "^lib/store/",
      ["^lib/core/", "^prisma/generated/", "^node_modules/(@prisma|@electric-sql|pg|pglite-prisma-adapter|zod)/"],
      "The store saves and loads. It never talks to a cluster and never decides.",
    ),
    never(
      "server-stays-behind-the-pages",
      { path: "^lib/server/", pathNot: TEST },
      { path: "^(app|components|e2e|lib/(simulator|scripts))/" },
      "Use cases serve pages, commands and tests alike, so they know none of them. The simulator is one more cluster address, reached over HTTP.",
    ),
    never(
      "prisma-only-in-store",
      { pathNot: ["^(lib/store|prisma)/", "^prisma[.]config[.]ts$", "^lib/server/auth[.]ts$", TEST, "^node_modules"] },
      { path: "^(node_modules/@prisma|prisma)/" },
      "One room knows the database. lib/server/auth.ts is the exception: better-auth brings its own adapter and is given the client.",
    ),
    never(
      "ui-stays-in-the-browser",
      { path: "^components/", pathNot: TEST },
      { path: "^(lib/(proxmox|simulator|hosts|store|scripts)|app|e2e|prisma)/" },
      "Components show what they are given. Data comes as props or through a query; rules come from the core, files that people download from the pure writers of lib/exchange.",
    ),
    never(
      "ui-takes-only-views-from-server",
      { path: "^components/", pathNot: TEST },
      { path: "^lib/server/", pathNot: "^lib/server/(agent-views|memory-views|views)[.]ts$" },
      "A component may know the shape of what the server sends, which is the views of lib/server, never the server's code: that would pull it into the browser.",
    ),
    only(
      "views-are-plain",
      "^lib/server/(agent-views|memory-views|views)[.]ts$",
      ["^lib/core/"],
      "The views are shapes over the core's words. Anything more would reach the browser through them.",
    ),
    never(
      "ui-needs-no-node",
      { path: "^components/", pathNot: TEST },
      { dependencyTypes: ["core"] },
      "Components run in the browser.",
    ),
    never(
      "app-goes-through-server",
      { path: "^app/", pathNot: TEST },
      { path: "^(lib/(proxmox|simulator|hosts|exchange|store|scripts)|e2e|prisma)/" },
      "Pages and route handlers call use cases of lib/server, where the actor's rights are checked. Nothing goes around them.",
    ),
    never(
      "nothing-imports-app",
      { pathNot: ["^app/", TEST, "^[.]next/", "^node_modules"] },
      { path: "^app/" },
      "app/ is the street side: Next.js calls it, nobody else does.",
    ),
    never(
      "scripts-stand-alone",
      { path: "^lib/scripts/[^/]+[.]mjs$" },
      { path: "^(app|components|lib/(core|proxmox|store|server|simulator|exchange))/" },
      "The start and test scripts run before anything is installed, in plain Node.",
    ),
    never(
      "no-dev-dependencies-in-the-product",
      { path: "^(app|components|lib)/", pathNot: [TEST, "^lib/scripts/", "^lib/[^/]+/testing/"] },
      { dependencyTypes: ["npm-dev"] },
      "What runs in production is a dependency; dev dependencies are not installed there.",
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: ["node_modules", "^prisma/generated/"] },
    exclude: { path: ["^[.]next/", "[.]css$", "[.]woff2$"] },
    enhancedResolveOptions: {
      conditionNames: ["import", "require", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
