import { release } from 'node:os';
import {
	downloadAndUnzipVSCode,
	type ProgressReporter,
	ProgressReportStage,
	resolveCliPathFromVSCodeExecutablePath,
} from '@vscode/test-electron';
import { CACHE, findOnPath, messageOf } from './paths.ts';

/** The timeout for VS Code's download server, in milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 5000;

/** A desktop VS Code. */
export interface Desktop {
	/** Its command-line program, which takes `--install-extension` and folders to open. */
	readonly cli: string;
}

/** A desktop VS Code, or the reason why there is none, as one phrase. */
export type DesktopSearch = Desktop | { readonly reason: string };

/** Returns why windows cannot be opened here, as one phrase; `undefined` if they can. */
export function whyNoDisplay(): string | undefined {
	if (process.platform !== 'linux') return undefined;
	if (/microsoft/i.test(release())) return 'this is Linux under Windows';
	if ((process.env.DISPLAY ?? '') === '' && (process.env.WAYLAND_DISPLAY ?? '') === '') return 'there is no display';
	return undefined;
}

/**
 * Finds a desktop VS Code to show to the user: `code` on PATH, else a downloaded one. Nothing is downloaded if it could not open a window.
 * @param log receives one line when a download starts
 */
export async function findDesktop(log: (line: string) => void): Promise<DesktopSearch> {
	const reason = whyNoDisplay();
	if (reason !== undefined) return { reason };
	// In a terminal of VS Code's remote extensions, `code` talks to that window and installs into the user's own profile.
	if (process.env.VSCODE_IPC_HOOK_CLI !== undefined)
		return { reason: 'this terminal belongs to a remote VS Code window' };
	const cli = findOnPath('code');
	if (cli !== undefined) return { cli };
	const downloaded = await downloadDesktop(log);
	return 'reason' in downloaded ? downloaded : { cli: resolveCliPathFromVSCodeExecutablePath(downloaded.executable) };
}

/**
 * Downloads VS Code into the cache, or finds the one downloaded before.
 * @param log receives one line when a download starts
 * @returns the path of its program, or the reason if the download fails, as one phrase
 */
export async function downloadDesktop(
	log: (line: string) => void,
): Promise<{ readonly executable: string } | { readonly reason: string }> {
	try {
		let announced = false;
		const reporter: ProgressReporter = {
			report: ({ stage }) => {
				if (stage !== ProgressReportStage.Downloading || announced) return;
				announced = true;
				log('Downloading VS Code (about 150 MB)…');
			},
			// Failures are thrown as well.
			error: () => undefined,
		};
		const options = { version: 'stable', cachePath: CACHE, reporter, timeout: DOWNLOAD_TIMEOUT_MS };
		return { executable: await downloadAndUnzipVSCode(options) };
	} catch (error) {
		return { reason: `VS Code cannot be downloaded (${messageOf(error)})` };
	}
}
