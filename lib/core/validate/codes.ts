/**
 * Every problem code with its title. A code is stable: people search for it, so it is never renamed or reused. Each has a
 * heading in docs/reference/problems.md.
 */
export const PROBLEM_CODES = {
  // Shape of a document or of template parameters
  "unknown-key": "Unknown key",
  "missing-key": "Missing key",
  "wrong-type": "Wrong type of value",
  "wrong-value": "Value not allowed",
  "parameter-invalid": "Template parameter not usable",
  // Names
  "id-invalid": "Identifier not allowed",
  "id-duplicate": "Identifier used twice",
  "id-collision": "Identifier of an existing interface",
  "id-like-interface": "Identifier looks like an interface",
  "layout-unnamed": "Layout without a name",
  "alias-invalid": "Alias not allowed",
  // References
  "unknown-zone": "Unknown zone",
  "unknown-vnet": "Unknown VNet",
  "unknown-subnet": "Unknown subnet",
  "unknown-node": "Unknown node",
  "unknown-ipam": "Unknown IPAM",
  "unknown-controller": "Unknown controller",
  // Tags
  "tag-missing": "Tag missing",
  "tag-not-allowed": "Tag not allowed here",
  "tag-out-of-range": "Tag out of range",
  "tag-duplicate": "Tag used twice",
  "tag-native-vlan": "VLAN 1 is often the native VLAN",
  "vlan-in-two-zones": "Same VLAN on the same bridge in two zones",
  "service-tag-clash": "Service tag is also a VLAN of the bridge",
  "vni-equals-vrf": "VNI equals a VRF's VXLAN id",
  // Zone options
  "option-missing": "Required option missing",
  "option-not-supported": "Option not supported by this zone type",
  "option-conflict": "Options exclude each other",
  "option-invalid": "Option value not usable",
  "value-empty": "Empty value",
  "list-empty": "Empty list",
  "list-duplicate": "List names something twice",
  "mtu-out-of-range": "MTU out of range",
  "mtu-needs-larger-underlay": "MTU needs a larger underlay",
  "peer-missing": "Node missing from the VXLAN peers",
  "dhcp-without-ipam": "DHCP without IPAM",
  // VNets
  "vlanaware-with-subnets": "VLAN-aware VNet with subnets",
  "vlanaware-not-supported": "VLAN-aware VNet not supported here",
  // Addresses
  "cidr-invalid": "Not a network",
  "cidr-host-bits": "Network with host bits",
  "cidr-prefix": "Prefix length not supported",
  "address-spelling": "Address not in its usual spelling",
  "subnet-duplicate": "Subnet defined twice",
  "subnet-overlap": "Subnets overlap",
  "subnet-overlaps-node": "Subnet overlaps a node's own network",
  "gateway-invalid": "Gateway is not an address",
  "gateway-outside": "Gateway outside its subnet",
  "gateway-is-network": "Gateway is the network address",
  "gateway-is-broadcast": "Gateway is the broadcast address",
  "dns-server-invalid": "DNS server is not an address",
  "domain-invalid": "Not a DNS name",
  // DHCP
  "range-invalid": "Range is not made of addresses",
  "range-reversed": "Range ends before it starts",
  "range-outside": "Range outside its subnet",
  "range-holds-gateway": "Range contains the gateway",
  "range-holds-network": "Range contains the network or broadcast address",
  "range-overlap": "Ranges overlap",
  "range-unused": "Range that nothing serves",
  "range-no-room": "No room for a DHCP range",
  "reservation-invalid": "Reservation not usable",
  "reservation-duplicate": "Reservation given twice",
  "lease-invalid": "Lease time not usable",
  "dhcp-option-invalid": "DHCP option not usable",
  // Flags that need each other
  "dhcp-without-gateway": "DHCP without a gateway",
  "snat-without-gateway": "SNAT without a gateway",
  "service-ignored": "Proxmox ignores this here",
  // Host services
  "host-service-duplicate": "Host service declared twice",
  "host-service-not-needed": "Proxmox provides this itself",
  "gateway-node-missing": "Gateway node missing",
  "gateway-node-differs": "Two gateway nodes for one VNet",
  "gateway-node-outside-zone": "Gateway node outside the zone",
  "uplink-missing": "Uplink missing",
  "uplink-invalid": "Uplink not usable",
  "route-invalid": "Route not usable",
  "route-without-gateway": "Route without a gateway on a node",
  "route-unreachable": "Next hop not reachable",
  "route-connected": "Route to a connected network",
  "route-duplicate": "Destination routed twice",
  // Exceptions
  "exception-not-allowed": "Problem cannot be accepted",
  "exception-without-reason": "Exception without a reason",
  "exception-unused": "Exception without effect",
  // Planning
  "already-exists": "Object exists and is not owned",
  "foreign-child": "Object in use by others",
  "no-free-tag": "No free tag to park on",
  // Going back
  "changed-since": "Changed since",
  "left-as-it-is": "Left as it is",
} as const satisfies Readonly<Record<string, string>>;

export type ProblemCode = keyof typeof PROBLEM_CODES;
