import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/** Where systems keep the certificates of the authorities that they trust, all in one file. */
const BUNDLES = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
	'/etc/ssl/ca-bundle.pem',
	'/etc/ssl/cert.pem',
];

/**
 * The certificates of all authorities that Node trusts or the system does.
 *
 * @param fromNode how Node tells them, from version 22.15 on; where it is `null` they are read from the files that are known
 */
export function trustedAuthorities(
	env: NodeJS.ProcessEnv = process.env,
	fromNode: typeof tls.getCACertificates | null = tls.getCACertificates ?? null,
): readonly string[] {
	if (fromNode) return [...fromNode('default'), ...fromNode('system')];
	const { NODE_EXTRA_CA_CERTS: extra, SSL_CERT_FILE: file } = env;
	const system = (file ? [file] : BUNDLES).map(readBundle).find(bundle => bundle !== undefined);
	return [...tls.rootCertificates, extra && readBundle(extra), system].filter(bundle => typeof bundle === 'string');
}

function readBundle(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		// Other systems keep it elsewhere, or not in a file.
		return undefined;
	}
}
