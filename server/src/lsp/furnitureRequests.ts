import { FURNITURE_COMMANDS } from '../protocol/commands.ts';
import {
	FurnitureRequest,
	type RemoveFurniture,
	type RemoveFurnitureOutcome,
	WithoutFurnitureRequest,
} from '../protocol/furniture.ts';
import { onRequest } from '../protocol/method.ts';
import type { Service } from '../service.ts';
import { Refusal } from '../services/annotations/outcome.ts';
import { isRecord } from '../util/value.ts';
import { type Answer, orRefused, type Perform } from './answer.ts';
import type { Commands } from './commands.ts';
import type { Handlers } from './connection.ts';

/** Registers the handlers that remove the page around an article. */
export function serveFurniture(
	connection: Handlers,
	answer: Answer,
	perform: Perform,
	{ furniture }: Pick<Service, 'furniture'>,
	commands: Commands,
): void {
	onRequest(connection, FurnitureRequest, ({ textDocument: { uri } }, token) =>
		answer(FurnitureRequest.method, uri, token, async document => (await furniture.parts(document, token)) ?? null),
	);
	onRequest(connection, WithoutFurnitureRequest, ({ textDocument: { uri }, version, parts }, token) =>
		answer(WithoutFurnitureRequest.method, uri, token, document =>
			document.version === version ? furniture.without(document, parts) : null,
		),
	);
	const { remove } = FURNITURE_COMMANDS;
	commands.set(remove, async ([given], token): Promise<RemoveFurnitureOutcome> => {
		const read = await orRefused(async () => readArguments(given));
		if ('kind' in read) return read;
		return perform(remove, read.uri, token, document =>
			orRefused(async () => {
				if (read.version !== undefined && document.version !== read.version)
					throw new Refusal('conflict', 'Nothing was removed: the article was edited in the meantime');
				return furniture.remove(document, token, read.parts);
			}),
		);
	});
}

/** @throws Refusal if the argument of the command is invalid */
function readArguments(given: unknown): RemoveFurniture {
	const { uri, version, parts } = isRecord(given) ? given : {};
	if (typeof uri !== 'string') throw wrong('the URI of an open article as "uri"');
	if (version !== undefined && !isIndex(version)) throw wrong('a version as "version"');
	if (parts !== undefined && !(Array.isArray(parts) && parts.every(isIndex))) throw wrong('indices as "parts"');
	return { uri, ...(version === undefined ? {} : { version }), ...(parts === undefined ? {} : { parts }) };
}

function isIndex(value: unknown): value is number {
	return typeof value === 'number' && Number.isInteger(value);
}

function wrong(expected: string): Refusal {
	return new Refusal('arguments', `${FURNITURE_COMMANDS.remove} takes ${expected}`);
}
