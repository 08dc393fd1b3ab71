import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { installOnce, npmInstall } from './cache.ts';
import { CACHE, findOnPath, messageOf, ROOT } from './paths.ts';
import { run } from './processes.ts';

/** A browser of the Chromium family, and its arguments. */
interface BrowserProgram {
	readonly executable: string;
	readonly env: NodeJS.ProcessEnv;
}

/** The version of the npm package with the font for Chinese. */
const FONT_VERSION = '0.4.3';

/** Executable names of browsers of the Chromium family on Linux. */
const NAMES_ON_PATH = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
	'microsoft-edge',
	'msedge',
];

/**
 * Starts a headless browser: the one named by `MARGINALIA_BROWSER`, else one of the system, else (on Linux on x86-64) one from npm.
 * Playwright ends it with this process.
 * @param log receives a line if a browser has to be installed first, or if that of the system does not start
 * @throws Error that says what to do if there is no browser, or with its output if it does not start
 */
export async function launchBrowser(log: (line: string) => void): Promise<Browser> {
	const named = process.env.MARGINALIA_BROWSER ?? '';
	if (named !== '') {
		if (!existsSync(named)) throw new Error(`MARGINALIA_BROWSER names ${named}, which does not exist`);
		return await launch({ executable: named, env: process.env });
	}
	const bundled = process.platform === 'linux' && process.arch === 'x64';
	const executable = findSystemBrowser();
	if (executable !== undefined) {
		try {
			return await launch({ executable, env: process.env });
		} catch (error) {
			// Some are wrappers that refuse to run as root, in containers or with a profile elsewhere.
			if (!bundled) throw error;
			log(`${executable} does not start (${messageOf(error).split('\n', 1)}); trying another browser.`);
		}
	}
	if (bundled) return await launch(await installBundledBrowser(log));
	throw new Error(
		'no Chromium, Chrome or Edge found: install one, or set MARGINALIA_BROWSER to the path of its program',
	);
}

async function launch({ executable, env }: BrowserProgram): Promise<Browser> {
	const root = process.getuid?.() === 0;
	return await chromium.launch({
		executablePath: executable,
		env: Object.fromEntries(
			Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
		),
		chromiumSandbox: false,
		// Containers often have a /dev/shm too small for a workbench, and no GPU.
		args: [...(root ? ['--no-zygote'] : []), '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
	});
}

function findSystemBrowser(): string | undefined {
	return systemPlaces().find(file => existsSync(file)) ?? firstDefined(NAMES_ON_PATH.map(findOnPath));
}

function firstDefined<T>(values: readonly (T | undefined)[]): T | undefined {
	return values.find(value => value !== undefined);
}

/** The default locations of browsers on macOS and Windows, which are not on PATH. */
function systemPlaces(): string[] {
	if (process.platform === 'darwin') {
		const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(name => `${name}.app/Contents/MacOS/${name}`);
		const folders = ['/Applications', join(process.env.HOME ?? '/', 'Applications')];
		return folders.flatMap(folder => programs.map(program => join(folder, program)));
	}
	if (process.platform === 'win32') {
		const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(name => process.env[name] ?? []);
		const programs = [
			'Google/Chrome/Application/chrome.exe',
			'Chromium/Application/chrome.exe',
			'Microsoft/Edge/Application/msedge.exe',
		];
		return folders.flatMap(folder => programs.map(program => join(folder, program)));
	}
	return [];
}

/**
 * Installs the Chromium of `@sparticuz/chromium`, with its libraries (NSS and others) and a font for Chinese, into the cache.
 * The package unpacks only into the folder for temporary files and reads the environment when loaded, so it runs in a process of its own.
 */
async function installBundledBrowser(log: (line: string) => void): Promise<BrowserProgram> {
	const manifest = await readFile(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
	const { version } = JSON.parse(manifest) as { version: string };
	const folder = join(CACHE, 'browser', version);
	const make = async (partial: string): Promise<void> => {
		log(`Found no Chromium, Chrome or Edge: installing Chromium ${version} into ${folder} (once, 5 s and 230 MB)…`);
		const entry = import.meta.resolve('@sparticuz/chromium');
		const program = `import chromium from ${JSON.stringify(entry)}; await chromium.executablePath();`;
		const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
		const { code, output } = await run(process.execPath, ['--input-type=module', '--eval', program], { env });
		if (code !== 0) throw new Error(`Chromium could not be unpacked\n${output}`);
		await addChineseFont(partial);
		await writeFile(join(partial, 'fonts/fonts.conf'), fontConfiguration(folder));
	};
	await installOnce(folder, make, log);
	const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH ?? ''].filter(path => path !== '');
	return {
		executable: join(folder, 'chromium'),
		env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':'), FONTCONFIG_PATH: join(folder, 'fonts') },
	};
}

/** Adds Noto Sans SC, regular and bold, to the Latin font that comes with the browser. */
async function addChineseFont(folder: string): Promise<void> {
	const temporary = join(folder, 'font-package');
	await mkdir(temporary);
	await npmInstall([`@expo-google-fonts/noto-sans-sc@${FONT_VERSION}`], temporary);
	for (const weight of ['400Regular', '700Bold']) {
		const file = `NotoSansSC_${weight}.ttf`;
		const source = join(temporary, 'node_modules/@expo-google-fonts/noto-sans-sc', weight, file);
		await rename(source, join(folder, 'fonts/fonts', file));
	}
	await rm(temporary, { recursive: true });
}

/** The fonts of the system and those above. */
function fontConfiguration(folder: string): string {
	return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
	<dir>${folder}/fonts/fonts</dir>
	<cachedir>${folder}/fonts/cache</cachedir>
</fontconfig>
`;
}
