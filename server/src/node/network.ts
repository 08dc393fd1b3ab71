import manifest from '../../package.json' with { type: 'json' };
import type { Network, Wait } from '../platform.ts';
import { cacheFolder } from './cacheFolder.ts';

const wait: Wait = (milliseconds, signal) =>
	new Promise(resolve => {
		if (signal.aborted) return resolve();
		const end = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, milliseconds);
		signal.addEventListener('abort', end);
	});

/** The network in Node. The HTTP client is loaded on the first request. */
export const nodeNetwork: Network = {
	async connect(settings) {
		const { createHttpClient } = await import('./httpClient.ts');
		return createHttpClient(settings);
	},
	wait,
	userAgent: `Mozilla/5.0 (compatible; Marginalia/${manifest.version})`,
	cacheFolder,
};
