import { expect, it } from "vitest";
import { changeWords } from "./difference-words";

const change = { what: "address", object: "vnetlab 10.9.0.1/24", action: "add", detail: "" };

it.each([
  [change, "Gateway address vnetlab 10.9.0.1/24 is missing"],
  [
    { ...change, object: "vnetlab 02:54:4c:00:00:0a", action: "replace" },
    "MAC address vnetlab 02:54:4c:00:00:0a is not as it should be",
  ],
  [{ ...change, what: "dhcp", object: "vnetlab", action: "restart" }, "DHCP server vnetlab has to be restarted"],
  [{ ...change, what: "dhcp", object: "vnetlab", action: "add" }, "DHCP configuration vnetlab is missing"],
  // An agent that knows more words.
  [{ what: "tunnel", object: "t1", action: "bend", detail: "a to b" }, "tunnel t1 bend (a to b)"],
])("%o", (difference, words) => expect(changeWords(difference)).toBe(words));
