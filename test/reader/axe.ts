import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Returns the violations that axe-core finds in a page. */
export async function problemsOf(page: Page): Promise<string[]> {
	await page.evaluate(AXE);
	return await page.evaluate(async () => {
		const { axe } = globalThis as unknown as {
			axe: {
				run(
					options: object,
				): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
			};
		};
		const { violations } = await axe.run({ resultTypes: ['violations'] });
		return violations.flatMap(({ id, nodes }) =>
			nodes.map(node => `${id}: ${node.html.slice(0, 150)} ${node.failureSummary}`),
		);
	});
}
