const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const DNS_NAME = new RegExp(`^${LABEL}([.]${LABEL})*$`);

/** Labels of letters, digits and dashes, joined by dots; 253 characters at most. No final dot. */
export const isDnsName = (text: string): boolean => text.length <= 253 && DNS_NAME.test(text);
