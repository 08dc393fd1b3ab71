import * as vscode from 'vscode';
import type { ImportSummary } from '../../../server/src/protocol/annotations.ts';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import { baseName, withoutExtension } from '../../../server/src/util/path.ts';
import { counted } from '../../../server/src/util/words.ts';
import { isArticle } from '../article/documents.ts';
import { writeExport } from '../util/exportFile.ts';
import type { Notes } from './change.ts';
import { tellUndoable } from './runCommand.ts';

/** Export formats, with their file extensions. */
const FORMATS = [
	{
		label: 'Markdown',
		format: 'markdown',
		extension: 'md',
		detail: 'Quotations with their notes, to read or to reuse elsewhere',
	},
	{ label: 'HTML', format: 'html', extension: 'html', detail: 'A page to read or print' },
	{
		label: 'W3C Web Annotations',
		format: 'jsonld',
		extension: 'jsonld',
		detail: 'All data, in the format of sidecar files',
	},
	{ label: 'Hypothesis', format: 'hypothesis', extension: 'json', detail: 'The format of the Hypothesis API' },
] as const;

/** `Export Annotations…`: exports the annotations of the active article, or of the archive, to one file. */
export async function exportNotes({ run }: Notes): Promise<void> {
	const document = vscode.window.activeTextEditor?.document;
	const article = document && isArticle(document) ? document.uri : undefined;
	const scopes = [
		...(article
			? [
					{
						label: '$(file) This Article',
						description: vscode.workspace.asRelativePath(article),
						uris: [article.toString()],
					},
				]
			: []),
		{ label: '$(folder) The Archive', description: 'all articles with annotations', uris: undefined },
	];
	const scope =
		scopes.length === 1 ? scopes[0] : await vscode.window.showQuickPick(scopes, { title: 'Export Annotations: Scope' });
	const form = scope && (await vscode.window.showQuickPick(FORMATS, { title: 'Export Annotations: Format' }));
	if (!form) return;
	const folder = article ? vscode.Uri.joinPath(article, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
	const name = scope.uris && article ? withoutExtension(baseName(article.path)) : 'annotations';
	const target = await vscode.window.showSaveDialog({
		title: 'Export Annotations',
		filters: { [form.label]: [form.extension] },
		...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `${name}-notes.${form.extension}`) } : {}),
	});
	if (!target) return;
	const done = await run('export', { format: form.format, ...(scope.uris ? { uris: scope.uris } : {}) });
	if (!done?.exported) return;
	const { text, notes, articles, faults } = done.exported;
	if (!(await writeExport(target, text))) return;
	const summary = `${counted(notes, 'annotation')} of ${counted(articles, 'article')}`;
	const missed =
		faults.length === 0
			? ''
			: ` The notes of ${counted(faults.length, 'article')} could not be read: ${withoutLinks(faults[0]?.message ?? '')}.`;
	const open = 'Open';
	if ((await vscode.window.showInformationMessage(`${summary} exported.${missed}`, open)) === open)
		await vscode.commands.executeCommand('vscode.open', target);
}

/** `Import Annotations…`: imports a file after showing a summary and asking for confirmation. */
export async function importNotes({ run, store }: Notes): Promise<void> {
	const [file] =
		(await vscode.window.showOpenDialog({
			title: 'Import Annotations',
			openLabel: 'Import',
			filters: { 'Annotations (W3C, Hypothesis)': ['jsonld', 'json'] },
		})) ?? [];
	if (!file) return;
	const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
	const planned = (await run('import', { text, dryRun: true }))?.imported;
	if (!planned) return;
	const added = total(planned, 'added');
	const detail = describe(planned);
	if (added === 0) {
		void vscode.window.showInformationMessage('There is nothing to import.', { modal: true, detail });
		return;
	}
	const yes = 'Import';
	const question = `Import ${counted(added, 'annotation')} into ${counted(planned.articles.filter(one => one.added > 0).length, 'article')}?`;
	if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) !== yes) return;
	const done = await run('import', { text });
	if (!done?.imported) return;
	for (const { uri } of done.imported.articles) await store.refresh(vscode.Uri.parse(uri));
	const refused = done.imported.articles.filter(one => one.refused !== undefined);
	if (refused.length > 0)
		void vscode.window.showErrorMessage(
			`Cannot write annotations of ${counted(refused.length, 'article')}: ${withoutLinks(refused[0]?.refused ?? '')}`,
		);
	void tellUndoable(run, `${counted(total(done.imported, 'added'), 'annotation')} imported.`, done);
}

function total({ articles }: ImportSummary, what: 'added' | 'same'): number {
	return articles.reduce((sum, one) => sum + one[what], 0);
}

/** Returns a summary of an import, one fact per line. */
function describe(summary: ImportSummary): string {
	const kept = summary.articles.reduce((sum, one) => sum + one.kept.length, 0);
	const missing = summary.missing.reduce((sum, one) => sum + one.count, 0);
	const pages = summary.missing.slice(0, 5).map(({ source }) => source || '(no URL)');
	return [
		...(total(summary, 'same') > 0 ? [`${counted(total(summary, 'same'), 'annotation')} already in the archive.`] : []),
		...(kept > 0 ? [`${counted(kept, 'annotation')} with different content in the archive, which is kept.`] : []),
		...(missing > 0
			? [`${counted(missing, 'annotation')} about pages that are not in the archive: ${pages.join(', ')}`]
			: []),
		...summary.articles.flatMap(({ uri, refused }) =>
			refused === undefined ? [] : [`${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))}: ${refused}`],
		),
		...summary.faults.slice(0, 5),
	].join('\n');
}
