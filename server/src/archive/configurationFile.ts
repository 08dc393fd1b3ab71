import { CONFIGURATION_FILE, findArchiveRoot } from '../links/archiveRoot.ts';
import type { FileSystem } from '../platform.ts';
import { folderOf, isInFolder, joinUri, pathBelow } from '../util/uri.ts';
import {
	type Configuration,
	type ConfigurationFault,
	DEFAULTS,
	LARGEST_CONFIGURATION,
	parseConfiguration,
} from './configuration.ts';
import { DEFAULT_POLICY, type Policy, policyFor } from './policy.ts';

/** A configuration that was read from its file. */
export interface ConfigurationFile {
	readonly uri: string;
	readonly text: string;
	readonly configuration: Configuration;
	readonly faults: readonly ConfigurationFault[];
}

/** The configurations of all archives that files were asked about. */
export interface Configurations {
	/** The configuration that holds for a file; `undefined` where there is none. */
	find(uri: string): Promise<ConfigurationFile | undefined>;
	/** What its configuration says of a file. */
	policy(uri: string): Promise<Policy>;
	/** Lets go of what was read, which is then read again. */
	forget(): void;
}

/** What else matters where configurations are read. */
export interface ConfigurationOptions {
	/** The text of a file that is open in an editor, which goes before what was saved. */
	readonly openText?: ((uri: string) => string | undefined) | undefined;
	/** Told of every configuration that is read, good or bad. */
	readonly onRead?: ((file: ConfigurationFile) => void) | undefined;
}

/**
 * Finds and reads configurations, each once. The one of a file is the nearest above it, not beyond the root of its archive
 * nor above what is open.
 *
 * @param onRead told of every configuration that is read, good or bad
 */
export function createConfigurations(
	files: FileSystem,
	ruleIds: readonly string[],
	{ openText = () => undefined, onRead = () => {} }: ConfigurationOptions = {},
): Configurations {
	/** By folder, then by the configuration's own address. */
	const found = new Map<string, Promise<ConfigurationFile | undefined>>();
	const read = new Map<string, Promise<ConfigurationFile>>();
	const find = async (uri: string): Promise<ConfigurationFile | undefined> => {
		const root = await findArchiveRoot(uri, files);
		for (let folder = folderOf(uri); ; ) {
			const target = joinUri(folder, CONFIGURATION_FILE);
			const opened = openText(target);
			const stat = opened === undefined ? await files.stat(target) : undefined;
			if (opened !== undefined || stat?.type === 'file') {
				let reading = read.get(target);
				if (!reading) {
					reading = readConfiguration(target, opened ?? stat?.size ?? 0, files, ruleIds);
					read.set(target, reading);
					void reading.then(onRead, () => read.delete(target));
				}
				return reading;
			}
			const above = folderOf(folder);
			if (folder === root || above === folder || stat?.type === 'outside') return undefined;
			folder = above;
		}
	};
	const lookUp = async (uri: string): Promise<ConfigurationFile | undefined> => {
		// A document that was never saved lies in no folder.
		if (!isInFolder(uri)) return undefined;
		const folder = folderOf(uri);
		let answer = found.get(folder);
		if (!answer) {
			answer = find(uri);
			found.set(folder, answer);
			// What went wrong once may go well the next time.
			answer.catch(() => found.delete(folder));
		}
		return answer;
	};
	return {
		find: lookUp,
		async policy(uri) {
			const file = await lookUp(uri);
			return file ? policyFor(file.configuration, pathBelow(folderOf(file.uri), uri)) : DEFAULT_POLICY;
		},
		forget() {
			found.clear();
			read.clear();
		},
	};
}

/** Reads one configuration, from its open text or a file of so many bytes; what is wrong with it is part of the answer. */
async function readConfiguration(
	uri: string,
	opened: string | number,
	files: FileSystem,
	ruleIds: readonly string[],
): Promise<ConfigurationFile> {
	const refuse = (text: string, reason: string): ConfigurationFile => ({
		uri,
		text,
		configuration: DEFAULTS,
		faults: [{ span: { start: 0, end: 0 }, severity: 'error', message: `${reason}; the defaults apply` }],
	});
	if (typeof opened === 'string') return { uri, text: opened, ...parseConfiguration(opened, ruleIds) };
	if (opened > LARGEST_CONFIGURATION)
		return refuse('', `A configuration has at most ${LARGEST_CONFIGURATION} bytes, this one has ${opened}`);
	const bytes = await files.readHead(uri, LARGEST_CONFIGURATION);
	if (!bytes) return refuse('', 'The configuration may not be read');
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		return { uri, text, ...parseConfiguration(text, ruleIds) };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return refuse('', 'The configuration is not UTF-8');
	}
}
