import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { NotificationType, RequestType } from '../../../server/src/protocol/method.ts';

const FOLDER = resolve(import.meta.dirname, '../../../server/src/protocol');

/** A request or notification of the protocol, and the name of its constant. */
export type Method = (RequestType<unknown, unknown> | NotificationType<unknown>) & { readonly name: string };

function isMethod(value: unknown): value is RequestType<unknown, unknown> {
	return typeof value === 'object' && value !== null && 'messageDirection' in value && 'method' in value;
}

/** All requests and notifications that extend the Language Server Protocol, file by file. */
export const METHODS: readonly Method[] = (
	await Promise.all(
		globSync('*.ts', { cwd: FOLDER })
			.sort()
			.map(async file => Object.entries<unknown>(await import(join(FOLDER, file)))),
	)
)
	.flat()
	.flatMap(([name, value]) => (isMethod(value) ? { ...value, name } : []));
