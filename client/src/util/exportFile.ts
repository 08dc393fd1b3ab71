import { type Uri, window } from 'vscode';
import { withoutLinks } from '../../../server/src/util/labels.ts';
import { baseName } from '../../../server/src/util/path.ts';
import { refusing, replaceFile } from './writeFile.ts';

/** Writes a file that the user chose. Shows an error and returns false if that fails. */
export async function writeExport(file: Uri, text: string): Promise<boolean> {
	const written = await refusing(() => replaceFile(file, new TextEncoder().encode(text)));
	if (written.kind !== 'refused') return true;
	const name = withoutLinks(baseName(file.path));
	void window.showErrorMessage(`${name} ${withoutLinks(written.reason)}. Export to another file.`);
	return false;
}
