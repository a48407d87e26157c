import { describe, expect, it } from "vitest";
import { readOptions } from "@/lib/simulator/options";
import { StartProblem } from "@/lib/simulator/start";

describe("readOptions", () => {
  it("starts the three-node scene on port 8006 when nothing is said", () => {
    expect(readOptions([])).toEqual({ scene: "three-node", port: 8006, host: "127.0.0.1", tls: false, release: "9.2" });
  });

  it("reads every option", () => {
    const list = "--scene large --port 0 --host ::1 --tls --state s.json --speed instant --release 8 --control";
    expect(readOptions(list.split(" "))).toEqual({
      scene: "large",
      port: 0,
      host: "::1",
      tls: true,
      stateFile: "s.json",
      speed: "instant",
      release: "8.4",
      control: true,
    });
  });

  it("returns nothing for --help", () => {
    expect(readOptions(["--help"])).toBeUndefined();
  });

  it.each([
    ["--scene nowhere", "--scene nowhere: choose one of three-node, conformance, large."],
    ["--port http", "--port http: give a number from 0 to 65535."],
    ["--port 65536", "--port 65536: give a number from 0 to 65535."],
    ["--speed warp", "--speed warp: choose real or instant."],
    ["--release 7", "--release 7: choose 9.2, 9.0 or 8.4."],
    ["--colour red", "Unknown option '--colour'; --help lists the options."],
  ])("refuses %s", (list, message) => {
    expect(() => readOptions(list.split(" "))).toThrow(new StartProblem(message));
  });
});
