import { sep } from 'node:path';
import type { Invocation, Location, Log, Notification, Region, ReportingDescriptor, Result, Run } from 'sarif';
import manifest from '../../../package.json' with { type: 'json' };
import type { Span } from '../../article/span.ts';
import { toRange } from '../../languageFeatures/position.ts';
import type { Snapshot } from '../../languageFeatures/snapshot.ts';
import { encodeName } from '../../node/fileName.ts';
import type { Problem } from '../../rules/check.ts';
import { ALL_RULES } from '../../rules/index.ts';
import type { Severity } from '../../rules/rule.ts';
import type { CheckedFile, Reporter, Summary } from './reporter.ts';

const LEVELS: Readonly<Record<Severity, Result.level>> = {
	error: 'error',
	warning: 'warning',
	information: 'note',
	hint: 'note',
};

/**
 * Writes a SARIF log (Static Analysis Results Interchange Format 2.1.0, OASIS) with fixes, piece by piece. Relative paths stay relative.
 * Columns count UTF-16 units.
 */
export function sarifReporter(): Reporter {
	const run: Omit<Run, 'results' | 'invocations'> = {
		tool: {
			driver: { name: 'Marginalia', version: manifest.version, rules: ALL_RULES.map(describeRule) },
		},
		columnKind: 'utf16CodeUnits',
		newlineSequences: ['\r\n', '\n', '\r'],
	};
	const log: Omit<Log, 'runs'> = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0' };
	return {
		begin: `${openObject(log)},"runs":[\n${openObject(run)},"results":[`,
		file: file => file.problems.map(problem => JSON.stringify(describeProblem(file, problem))),
		separators: ['\n', ',\n'],
		end: summary => `\n],"invocations":[${JSON.stringify(describeRun(summary))}]}\n]}\n`,
	};
}

/** Serialises an object without its closing brace, so that more can be appended. */
function openObject(value: object): string {
	return JSON.stringify(value).slice(0, -1);
}

function describeRule({ id, severity }: { readonly id: string; readonly severity: Severity }): ReportingDescriptor {
	const page = `docs/rules/${id.replace('/', '-')}.md`;
	return {
		id,
		shortDescription: { text: id },
		defaultConfiguration: { level: LEVELS[severity] },
		help: { text: `What it finds, and when to ignore it, is said in ${page} of Marginalia.` },
	};
}

function describeProblem(file: CheckedFile, { rule, severity, message, span, fixes, related = [] }: Problem): Result {
	const { path, document, kind } = file;
	// Fixes of a note in a sidecar change both files.
	const offered = kind === 'sidecar' ? [] : (fixes?.() ?? []);
	return {
		ruleId: rule.id,
		level: LEVELS[severity],
		message: { text: sentence(message) },
		locations: [locationOf(path, document, span)],
		...(related.length > 0
			? {
					relatedLocations: related.flatMap(place =>
						place.uri === undefined
							? [{ ...locationOf(path, document, place.span), message: { text: sentence(place.message) } }]
							: [],
					),
				}
			: {}),
		...(offered.length > 0
			? {
					fixes: offered.map(({ title, edits }) => ({
						description: { text: title },
						artifactChanges: [
							{
								artifactLocation: { uri: uriOf(path) },
								replacements: edits.map(edit => ({
									deletedRegion: regionOf(document, edit.span),
									insertedContent: { text: edit.newText },
								})),
							},
						],
					})),
				}
			: {}),
	};
}

/** Formats a message as SARIF requires, ending in a punctuation mark. */
function sentence(message: string): string {
	return message.endsWith('?') ? message : `${message}.`;
}

function locationOf(path: string, document: Snapshot, span: Span): Location {
	return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: regionOf(document, span) } };
}

function regionOf(document: Snapshot, span: Span): Region {
	const { start, end } = toRange(document, span);
	return {
		startLine: start.line + 1,
		startColumn: start.character + 1,
		endLine: end.line + 1,
		endColumn: end.character + 1,
	};
}

/** Converts a path to a relative reference (RFC 3986), or an absolute one to a `file:` URI. */
function uriOf(path: string): string {
	const encoded = encodeName(path.replaceAll(sep, '/'));
	const drive = /^[a-z]%3A\//i.test(encoded);
	if (encoded.startsWith('/') || drive) return `file://${drive ? '/' : ''}${encoded}`;
	// A colon in the first segment would make a scheme, but it is encoded.
	return encoded;
}

function describeRun({ failures, network }: Summary): Invocation {
	const notifications: Notification[] = failures.map(({ path, reason }) => ({
		level: 'error',
		message: { text: `${path}: ${reason}.` },
		locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }],
	}));
	for (const { url, reason, paths } of network?.unverified ?? [])
		notifications.push({
			level: 'note',
			message: { text: `${url} could not be verified: ${reason}.` },
			locations: paths.map(path => ({ physicalLocation: { artifactLocation: { uri: uriOf(path) } } })),
		});
	return { executionSuccessful: failures.length === 0, toolExecutionNotifications: notifications };
}
