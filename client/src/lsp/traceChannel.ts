import { EventEmitter, type ExtensionContext, LogLevel, type LogOutputChannel, workspace } from 'vscode';
import type { SettingName } from '../../../server/src/protocol/settings.ts';
import { settingOf } from '../util/settings.ts';

/** How much the client traces. */
const TRACE = 'marginalia.trace.server' satisfies SettingName;

/**
 * The output channel as the client traces to it. The client traces only where the channel's log level is *Trace*, and asks
 * `marginalia.trace.server` how much; through this channel, the setting alone is enough.
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
