import { readCidr } from "@/lib/core/net/cidr";

/** RFC 1918 and RFC 4193: what a private network is exchanged for stays private. */
export const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].flatMap(
  (cidr) => readCidr(cidr)?.network ?? [],
);
