import { basename } from 'node:path';
import { repeat } from './waitFor.ts';
import type { Workbench } from './workbench.ts';

/**
 * Renames the active file in the Explorer, and permits the changes of other files that follow.
 * @param path its path
 * @param name its new name
 */
export async function renameActiveFile(workbench: Workbench, path: string, name: string): Promise<void> {
	const row = workbench.page.locator('.explorer-folders-view .monaco-list-row.focused', { hasText: basename(path) });
	const input = workbench.page.locator('.explorer-folders-view .monaco-inputbox input');
	await repeat('naming the file in the Explorer', async timeout => {
		await workbench.runCommand('File: Reveal Active File in Explorer View');
		await row.waitFor({ timeout });
		await workbench.page.keyboard.press('F2');
		await input.fill(name, { timeout });
	});
	await input.press('Enter');
	await workbench.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'OK' }).click();
}
