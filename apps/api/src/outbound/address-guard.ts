import { BlockList, isIP } from 'node:net';

/**
 * Where outgoing calls must not go: own host, private nets, link-local (cloud metadata), shared and reserved ranges, and IPv6
 * forms that carry an IPv4 address inside (NAT64, 6to4, Teredo). From the IANA special-purpose address registries.
 */
const BLOCKED_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

const BLOCKED_V6 = [
  // unspecified, loopback, IPv4-compatible and IPv4-mapped
  ['::', 32],
  ['64:ff9b::', 32],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

// one list per family: a BlockList compares IPv4 addresses with its IPv6 nets too, in their mapped form
const blockedV4 = new BlockList();
for (const [net, prefix] of BLOCKED_V4) {
  blockedV4.addSubnet(net, prefix, 'ipv4');
}
const blockedV6 = new BlockList();
for (const [net, prefix] of BLOCKED_V6) {
  blockedV6.addSubnet(net, prefix, 'ipv6');
}

/** True for an address of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family === 4 ? !blockedV4.check(address, 'ipv4') : family === 6 && !blockedV6.check(address, 'ipv6');
}

/** How a target is talked to: the scheme without TLS, which is also that of its name. */
export type Protocol = 'http' | 'amqp';

/** Ports by scheme, where the address names none. */
const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http:', '80'],
  ['https:', '443'],
  ['amqp:', '5672'],
  ['amqps:', '5671'],
]);

/** Why an address may not be called, before it is resolved; null = it may be tried. */
export function refuseTarget(
  target: URL,
  allowedHosts: ReadonlySet<string>,
  protocol: Protocol = 'http',
): string | null {
  if (target.protocol !== `${protocol}s:` && target.protocol !== `${protocol}:`) {
    return `the scheme ${target.protocol.replace(':', '')} is not ${protocol} or ${protocol}s`;
  }
  if (target.username !== '' || target.password !== '') {
    return 'an address must not carry a user name or password';
  }
  if (target.protocol === `${protocol}:` && !allowedHosts.has(hostAndPort(target))) {
    return `${protocol} without TLS is for hosts listed in OUTBOUND_ALLOWED_HOSTS alone`;
  }
  return null;
}

/** Why the resolved addresses may not be called; null = all are public or the host is listed. One private among them refuses all. */
export function refuseAddresses(
  target: URL,
  addresses: readonly string[],
  allowedHosts: ReadonlySet<string>,
): string | null {
  if (addresses.length === 0) {
    return 'the host name has no address';
  }
  if (allowedHosts.has(hostAndPort(target)) || addresses.every(isPublicAddress)) {
    return null;
  }
  return 'the host is a private, local or reserved address and not listed in OUTBOUND_ALLOWED_HOSTS';
}

/** `host:port` in lower case with the scheme's default port written out; IPv6 in brackets. */
export function hostAndPort(target: URL): string {
  const port = portOf(target);
  return `${target.hostname.toLowerCase()}:${port}`;
}

/** The port of an address, that of its scheme where it names none. */
export function portOf(target: URL): string {
  return target.port === '' ? (DEFAULT_PORTS.get(target.protocol) ?? '') : target.port;
}
