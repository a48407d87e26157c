/** First line of every file the agent writes. */
export const HEADER = "# Written by Trunkline. Changes made here are lost.\n";
