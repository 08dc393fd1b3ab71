import type { ConfigurationFile } from '../archive/configurationFile.ts';
import { configurationDiagnostics } from '../languageFeatures/diagnostic.ts';
import { CONFIGURATION_FILE } from '../links/archiveRoot.ts';
import type { Service } from '../service.ts';
import { displayName, isInFolder } from '../util/uri.ts';
import type { RemoteClient } from './client.ts';

/** Matches all configurations in any folder. */
export const CONFIGURATION_PATTERN = `**/${CONFIGURATION_FILE}`;

/** Whether a file or document is a configuration. */
export function isConfiguration(uri: string): boolean {
	return displayName(uri) === CONFIGURATION_FILE && isInFolder(uri);
}

/** Publishes diagnostics for configurations. They are pushed, never pulled. */
export interface ConfigurationReports {
	/** Publishes the diagnostics of a configuration that was read. */
	report(file: ConfigurationFile): void;
	/** Reads a changed configuration again, and clears the diagnostics of a deleted one. */
	changed(uri: string, service: Service): Promise<void>;
}

/** Creates the reports for a client; `rulePages` as in `diagnostics`. */
export function configurationReports(
	remote: Pick<RemoteClient, 'publishDiagnostics'>,
	rulePages: () => string | undefined,
): ConfigurationReports {
	/** Configurations that have diagnostics. */
	const faulty = new Set<string>();
	const send = (uri: string, file: ConfigurationFile | undefined): void => {
		const diagnostics = file ? configurationDiagnostics(file, rulePages()) : [];
		if (diagnostics.length === 0 && !faulty.has(uri)) return;
		if (diagnostics.length > 0) faulty.add(uri);
		else faulty.delete(uri);
		remote.publishDiagnostics({ uri, diagnostics });
	};
	return {
		report: file => send(file.uri, file),
		async changed(uri, service) {
			service.forgetConfigurations();
			const file = await service.configuration(uri);
			if (file?.uri !== uri) send(uri, undefined);
		},
	};
}
