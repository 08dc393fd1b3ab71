import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../../scripts/host/paths.ts';

const SOURCES = pathToFileURL(join(ROOT, 'server/src/')).href;

export async function startCounting() {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
	return async (run: () => unknown) => {
		await session.post('Profiler.takePreciseCoverage');
		await run();
		const { result } = await session.post('Profiler.takePreciseCoverage');
		let sum = 0;
		const top: [string, number][] = [];
		for (const { url, functions } of result) {
			if (!url.startsWith(SOURCES) && !url.includes('/parse5/')) continue;
			for (const { functionName, ranges } of functions) {
				let own = 0;
				for (const range of ranges) own += range.count;
				sum += own;
				if (own > 0) top.push([`${url.slice(url.lastIndexOf('/') + 1)}:${functionName}`, own]);
			}
		}
		return { sum, top };
	};
}
