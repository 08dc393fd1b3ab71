import ipaddr from 'ipaddr.js';

/** Addresses that VPN clients and similar programs assign to any host when they tunnel all traffic (RFC 2544). */
const TUNNEL = ipaddr.IPv4.parseCIDR('198.18.0.0/15');

/** Whether an IP address is not on the public internet: private, loopback, link-local, reserved, or invalid. */
export function isPrivateAddress(address: string): boolean {
	if (!ipaddr.isValid(address)) return true;
	const parsed = ipaddr.process(address);
	const range = parsed.range();
	// NAT64: the last four bytes are an IPv4 address (RFC 6052).
	if (range === 'rfc6052') return isPrivateAddress(parsed.toByteArray().slice(-4).join('.'));
	if (parsed instanceof ipaddr.IPv4 && parsed.match(TUNNEL)) return false;
	return range !== 'unicast';
}
