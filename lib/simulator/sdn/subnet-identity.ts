/** What a subnet's identifier `<zone>-<ip>-<mask>` says. */
export interface SubnetIdentity {
  readonly zone: string;
  readonly network: string;
  readonly mask: string;
  readonly cidr: string;
}

/** Splits an identifier; parts beyond the third are lost, as in the real service. */
export function subnetIdentity(id: string): SubnetIdentity {
  const [zone = "", network = "", mask = ""] = id.split("-");
  return { zone, network, mask, cidr: `${network}/${mask}` };
}
