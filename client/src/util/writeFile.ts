import { FileSystemError, FileType, type Uri, workspace } from 'vscode';
import type { Written } from '../../../server/src/protocol/files.ts';

/** Replaces the content of a file. Refuses symbolic links, including dangling ones. */
export async function replaceFile(file: Uri, content: Uint8Array): Promise<Written> {
	if (await isLink(file)) return refused('is a symbolic link, and files are not written through symbolic links');
	await workspace.fs.writeFile(file, content);
	return { kind: 'written' };
}

async function isLink(file: Uri): Promise<boolean> {
	try {
		return ((await workspace.fs.stat(file)).type & FileType.SymbolicLink) !== 0;
	} catch (error) {
		if (fileSystemCode(error) === 'FileNotFound') return false;
		throw error;
	}
}

/** Returns the result of a refused write. `reason` is a clause that follows the file's name. */
export function refused(reason: string): Written {
	return { kind: 'refused', reason };
}

/** Runs a write, and turns file system errors into a refusal. */
export async function refusing(change: () => Promise<Written>): Promise<Written> {
	try {
		return await change();
	} catch (error) {
		switch (fileSystemCode(error)) {
			case 'NoPermissions':
				return refused('cannot be written: permission denied');
			case 'FileNotFound':
			case 'FileNotADirectory':
				return refused('cannot be written: its folder does not exist');
			case 'FileIsADirectory':
				return refused('cannot be written: it is a folder');
			default:
				if (error instanceof FileSystemError) return refused(`cannot be written: ${error.message}`);
				throw error;
		}
	}
}

/** Returns the code of a file system error; empty for any other error. */
export function fileSystemCode(error: unknown): string {
	return error instanceof FileSystemError ? error.code : '';
}
