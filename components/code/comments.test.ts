import { expect, it } from "vitest";
import { hasComment } from "./comments";

it.each([
  ["name: a", false],
  ["name: a # of mine", true],
  ["# of mine\nname: a", true],
  ["    # further in", true],
  ["name: a#1", false],
  ['name: "a # b"', false],
  ["name: 'it''s # b'", false],
  ['name: "a \\" # b"', false],
  ['name: "a" # b', true],
  ["name: it's # of mine, it's", true],
  ['{ "name": "# x" }', false],
])("%j", (text, expected) => {
  expect(hasComment(text)).toBe(expected);
});
