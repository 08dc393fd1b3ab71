import type { ConfigurationFile } from '../archive/configurationFile.ts';
import { configurationDiagnostics } from '../languageFeatures/diagnostic.ts';
import { CONFIGURATION_FILE } from '../links/archiveRoot.ts';
import type { Service } from '../service.ts';
import { displayName, isInFolder } from '../util/uri.ts';
import type { RemoteClient } from './client.ts';

/** All configurations, whatever folder they lie in. */
export const CONFIGURATION_PATTERN = `**/${CONFIGURATION_FILE}`;

/** Whether a file or document is a configuration. */
export function isConfiguration(uri: string): boolean {
	return displayName(uri) === CONFIGURATION_FILE && isInFolder(uri);
}

/** Says in configurations what is wrong with them. Their diagnostics are sent, never pulled. */
export interface ConfigurationReports {
	/** Tells of a configuration as it was read. */
	report(file: ConfigurationFile): void;
	/** Reads a configuration that changed, or forgets what was wrong with one that is gone. */
	changed(uri: string, service: Service): Promise<void>;
}

/** Makes the reports for one client; `rulePages` as for `diagnostics`. */
export function configurationReports(
	remote: Pick<RemoteClient, 'publishDiagnostics'>,
	rulePages: () => string | undefined,
): ConfigurationReports {
	/** Those with diagnostics. */
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
