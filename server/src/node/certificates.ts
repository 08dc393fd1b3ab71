import { readFileSync } from 'node:fs';
import tls from 'node:tls';

/** Single-file certificate bundles of various systems. */
const BUNDLES = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
	'/etc/ssl/ca-bundle.pem',
	'/etc/ssl/cert.pem',
];

/**
 * The certificates of all authorities trusted by Node or by the system.
 *
 * @param fromNode Node's function, available from version 22.15 on; if it is `null`, the certificates are read from well-known files
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
		// Other systems store them elsewhere, or not in a file.
		return undefined;
	}
}
