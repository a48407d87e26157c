import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

// Tests that open a database, a socket or another process. They run in `npm test`, not in `npm run check`.
const slow = ["lib/store/**/*.test.ts", "lib/server/**/*.test.ts", "lib/simulator/**/*.test.ts", "**/*.slow.test.ts"];

export default defineConfig({
  resolve: {
    alias: { "@": root },
  },
  test: {
    environment: "node",
    passWithNoTests: false,
    restoreMocks: true,
    // Two cores: more workers only make each other late.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          include: ["{app,components,lib}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", ".next/**", ...slow],
          // Pure code keeps nothing from one file to the next, and most of their time was loading the same modules again.
          isolate: false,
          // A hundred random layouts take a second here and several on a busy machine.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: slow,
          exclude: ["**/node_modules/**", ".next/**"],
          isolate: false,
          // Ends what hangs. How fast something is, is for the bench.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Every combination of what can break a run: npm run sweep.
        extends: true,
        test: { name: "sweep", include: ["e2e/*.full.test.ts"] },
      },
    ],
  },
});
