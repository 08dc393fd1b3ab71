import { SOURCE_COMMANDS } from '../protocol/commands.ts';
import { onRequest } from '../protocol/method.ts';
import {
	type DescribeSource,
	type DescribeSourceOutcome,
	SelectorReachRequest,
	SelectorsRequest,
	SOURCE_LISTS,
} from '../protocol/sources.ts';
import type { Service } from '../service.ts';
import { Arguments } from '../services/annotations/arguments.ts';
import { Refusal } from '../services/annotations/outcome.ts';
import { type Answer, orRefused, type Perform } from './answer.ts';
import type { ClientSupport } from './capabilities.ts';
import type { RemoteClient } from './client.ts';
import type { Commands } from './commands.ts';
import type { Handlers } from './connection.ts';

/** Registers the handlers for what an archive says of its sources. `client` is called for each request. */
export function serveSources(
	connection: Handlers,
	remote: Pick<RemoteClient, 'applyEdit'>,
	answer: Answer,
	perform: Perform,
	{ sources }: Pick<Service, 'sources'>,
	commands: Commands,
	client: () => ClientSupport,
): void {
	onRequest(connection, SelectorsRequest, ({ textDocument: { uri }, position }, token) =>
		answer(SelectorsRequest.method, uri, token, document => sources.choices(document, position) ?? null),
	);
	onRequest(connection, SelectorReachRequest, ({ textDocument: { uri }, selectors }, token) =>
		answer(SelectorReachRequest.method, uri, token, document => sources.reach(document, selectors, token)),
	);
	const { describe } = SOURCE_COMMANDS;
	commands.set(describe, async ([given], token): Promise<DescribeSourceOutcome> => {
		const read = await orRefused(async () => readArguments(given));
		if ('kind' in read) return read;
		return perform(describe, read.uri, token, document =>
			orRefused(async () => {
				const { trusted, codeActions } = client();
				if (!trusted)
					throw new Refusal(
						'not-possible',
						'marginalia.json was not changed because the workspace is not trusted: trust it first',
					);
				const options = { versionedEdits: false, createsFiles: false, ...codeActions };
				const { uri, edit } = await sources.describe(document, read.list, read.selector, options);
				const refused = await remote.applyEdit({ label: 'Describe Source', edit });
				if (refused !== undefined) throw new Refusal('not-written', `marginalia.json was not changed: ${refused}`);
				return { kind: 'done', uri } as const;
			}),
		);
	});
}

/** @throws Refusal if the argument of the command is invalid */
function readArguments(given: unknown): DescribeSource {
	const its = new Arguments(SOURCE_COMMANDS.describe, given);
	const list = its.oneOf('list', SOURCE_LISTS);
	if (!list)
		throw new Refusal('arguments', `${SOURCE_COMMANDS.describe} takes one of ${SOURCE_LISTS.join(', ')} as "list"`);
	return { uri: its.text('uri'), list, selector: its.text('selector') };
}
