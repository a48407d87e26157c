import { type Network, readCidr } from "./cidr";

/** The shortest prefix of a network that the agent of a node serves or leads to, by family. */
export const WIDEST = { 4: 8, 6: 16 } as const;

/** Where no gateway and no route belongs: unspecified, loopback, link-local, multicast and what lies beyond. */
const RESERVED: readonly Network[] = [
  "0.0.0.0/32",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/3",
  "::/127",
  "fe80::/10",
  "ff00::/8",
].flatMap((text) => readCidr(text)?.network ?? []);

/** Whether a network begins where the agent refuses it (`usable` in lib/hosts/agent/trunkline-host). */
export const isReserved = (network: Network): boolean =>
  RESERVED.some(
    ({ family, first, last }) => family === network.family && network.first >= first && network.first <= last,
  );
