import ipaddr from 'ipaddr.js';

/** Addresses that programs which carry all traffic of a machine through a tunnel give to any host at all (RFC 2544). */
const TUNNEL = ipaddr.IPv4.parseCIDR('198.18.0.0/15');

/** Whether an IP address is anything but one on the public internet: private, loopback, link-local, reserved, none at all. */
export function isPrivateAddress(address: string): boolean {
	if (!ipaddr.isValid(address)) return true;
	const parsed = ipaddr.process(address);
	const range = parsed.range();
	// The way from networks without IPv4 to hosts without IPv6: the last four bytes are the address there (RFC 6052).
	if (range === 'rfc6052') return isPrivateAddress(parsed.toByteArray().slice(-4).join('.'));
	if (parsed instanceof ipaddr.IPv4 && parsed.match(TUNNEL)) return false;
	return range !== 'unicast';
}
