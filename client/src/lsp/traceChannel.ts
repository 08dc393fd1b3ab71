import { EventEmitter, type ExtensionContext, LogLevel, type LogOutputChannel, workspace } from 'vscode';
import type { SettingName } from '../../../server/src/protocol/settings.ts';
import { settingOf } from '../util/settings.ts';

/** The setting for the client's trace level. */
const TRACE = 'marginalia.trace.server' satisfies SettingName;

/**
 * Wraps the output channel for the client's trace. The client traces only if the channel's log level is *Trace*, whatever
 * `marginalia.trace.server` is set to. With this wrapper, the setting alone is enough.
 */
export function traceChannel(context: ExtensionContext, output: LogOutputChannel): LogOutputChannel {
	const isOn = (): boolean => settingOf(TRACE) !== 'off';
	const level = (): LogLevel => (isOn() ? LogLevel.Trace : output.logLevel);
	const changed = new EventEmitter<LogLevel>();
	context.subscriptions.push(
		changed,
		output.onDidChangeLogLevel(() => changed.fire(level())),
		workspace.onDidChangeConfiguration(change => {
			if (change.affectsConfiguration(TRACE)) changed.fire(level());
		}),
	);
	return Object.create(output, {
		logLevel: { get: level },
		onDidChangeLogLevel: { value: changed.event },
		trace: { value: (message: string) => (isOn() ? output.info(message) : output.trace(message)) },
	});
}
