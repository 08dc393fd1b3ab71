import type { Location } from 'vscode-languageserver';
import type { RefusalCode, Refused } from '../../protocol/annotations.ts';

/** Aborts a command; caught where all commands are run. */
export class Refusal extends Error {
	readonly outcome: Refused;

	constructor(code: RefusalCode, message: string, location?: Location) {
		super(message);
		this.outcome = { kind: 'refused', code, message, ...(location ? { location } : {}) };
	}
}
