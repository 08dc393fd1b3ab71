import * as vscode from 'vscode';
import type { TransferredFile } from '../../../server/src/protocol/editing.ts';
import { isPicture } from '../../../server/src/util/pictureType.ts';
import { sha256 } from '../../../server/src/util/sha256.ts';

/** A file that was pasted or dropped, with its data if it may have to be copied. */
export interface SourceFile extends TransferredFile {
	readonly data?: vscode.DataTransferFile;
}

/** Reads the files in a data transfer: those with data, and those in its list of URIs, as from the Explorer. */
export async function filesIn(dataTransfer: vscode.DataTransfer): Promise<readonly SourceFile[]> {
	const withData = [...dataTransfer].flatMap(([type, item]) => {
		const file = item.asFile();
		return file ? [{ type, file }] : [];
	});
	const files = await Promise.all(withData.map(({ type, file }) => sourceOf(type, file)));
	// In a browser, VS Code still lists files that were copied in the Explorer before a picture was copied elsewhere.
	if (files.some(({ data, uri }) => data && uri === undefined)) return files;
	const known = new Set(files.map(({ uri }) => uri));
	const list = (await dataTransfer.get('text/uri-list')?.asString()) ?? '';
	const placed = list.split(/\r?\n/).flatMap((line): readonly SourceFile[] => {
		const uri = line.startsWith('#') ? undefined : parse(line.trim());
		if (!uri || known.has(uri.toString())) return [];
		return [{ name: uri.path.slice(uri.path.lastIndexOf('/') + 1), type: '', uri: uri.toString() }];
	});
	return [...files, ...placed];
}

async function sourceOf(type: string, file: vscode.DataTransferFile): Promise<SourceFile> {
	const { name, uri } = file;
	const described = { name, type, ...(uri ? { uri: uri.toString() } : {}) };
	const isHere = uri !== undefined && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
	if (isHere || !isPicture(described)) return described;
	const bytes = await file.data();
	return { ...described, content: { size: bytes.length, sha256: await sha256(bytes) }, data: file };
}

/** Parses the URI of a file; `undefined` for a page on the web. */
function parse(line: string): vscode.Uri | undefined {
	if (!/^[a-z][a-z0-9+.-]*:\//i.test(line) || /^https?:/i.test(line)) return undefined;
	try {
		return vscode.Uri.parse(line, true);
	} catch {
		return undefined;
	}
}
