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

/** A configuration read from its file. */
export interface ConfigurationFile {
	readonly uri: string;
	readonly text: string;
	readonly configuration: Configuration;
	readonly faults: readonly ConfigurationFault[];
}

/** Finds and caches the configurations of files. */
export interface Configurations {
	/** Returns the configuration that applies to a file; `undefined` if there is none. */
	find(uri: string): Promise<ConfigurationFile | undefined>;
	/** Returns the policy for a file. */
	policy(uri: string): Promise<Policy>;
	/** Clears the cache, so that configurations are read again. */
	forget(): void;
}

/** Options for reading configurations. */
export interface ConfigurationOptions {
	/** Returns the text of a file that is open in an editor, which takes precedence over the saved file. */
	readonly openText?: ((uri: string) => string | undefined) | undefined;
	/** Called for every configuration that is read, valid or not. */
	readonly onRead?: ((file: ConfigurationFile) => void) | undefined;
}

/**
 * Creates the configurations. The configuration of a file is the nearest one above it, up to the root of its archive and within what is
 * open.
 */
export function createConfigurations(
	files: FileSystem,
	ruleIds: readonly string[],
	{ openText = () => undefined, onRead = () => {} }: ConfigurationOptions = {},
): Configurations {
	/** By folder, and by the URI of the configuration. */
	const found = new Map<string, Promise<ConfigurationFile | undefined>>();
	const read = new Map<string, Promise<ConfigurationFile>>();
	/** What was last read of each file. An unchanged one is the same object, so that changes can be detected. */
	const last = new Map<string, ConfigurationFile>();
	const readAgain = async (uri: string, opened: string | number): Promise<ConfigurationFile> => {
		const now = await readConfiguration(uri, opened, files, ruleIds, last.get(uri));
		last.set(uri, now);
		return now;
	};
	const find = async (uri: string): Promise<ConfigurationFile | undefined> => {
		const root = await findArchiveRoot(uri, files);
		for (let folder = folderOf(uri); ; ) {
			const target = joinUri(folder, CONFIGURATION_FILE);
			const opened = openText(target);
			const stat = opened === undefined ? await files.stat(target) : undefined;
			if (opened !== undefined || stat?.type === 'file') {
				let reading = read.get(target);
				if (!reading) {
					reading = readAgain(target, opened ?? stat?.size ?? 0);
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
		// A document that was never saved is in no folder.
		if (!isInFolder(uri)) return undefined;
		const folder = folderOf(uri);
		let answer = found.get(folder);
		if (!answer) {
			answer = find(uri);
			found.set(folder, answer);
			// The next request tries again.
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

/**
 * Reads a configuration from its open text, or from a file of a given size in bytes. Errors become faults.
 *
 * @param before what was read before, which is returned if the text is the same
 */
async function readConfiguration(
	uri: string,
	opened: string | number,
	files: FileSystem,
	ruleIds: readonly string[],
	before: ConfigurationFile | undefined,
): Promise<ConfigurationFile> {
	// One that could not be read has no text.
	const parse = (text: string): ConfigurationFile =>
		before?.text === text && text !== '' ? before : { uri, text, ...parseConfiguration(text, ruleIds) };
	const refuse = (text: string, reason: string): ConfigurationFile => ({
		uri,
		text,
		configuration: DEFAULTS,
		faults: [{ span: { start: 0, end: 0 }, severity: 'error', message: `${reason}; the defaults apply` }],
	});
	if (typeof opened === 'string') return parse(opened);
	if (opened > LARGEST_CONFIGURATION)
		return refuse('', `The configuration has ${opened} bytes, but the limit is ${LARGEST_CONFIGURATION}`);
	const bytes = await files.readHead(uri, LARGEST_CONFIGURATION);
	if (!bytes) return refuse('', 'The configuration cannot be read');
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		return parse(text);
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return refuse('', 'The configuration must be saved as UTF-8');
	}
}
