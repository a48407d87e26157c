/** Steps that several failures share. */
export const READ_BACK = "Read the configuration to see whether it happened.";
export const CHECK_SERVER = "Check that the address is that of a Proxmox VE server.";
export const CHECK_NODE = "Check that the node is switched on and reaches the others, then try again.";
export const CHECK_ADDRESS = "Check the address, and that the node is switched on and can be reached from here.";
export const UNKNOWN_FORM = "Try again. If it stays, this release of Proxmox VE may be newer than what is known here.";

export const joinSteps = (...steps: readonly string[]): string => [...new Set(steps)].join(" ");
