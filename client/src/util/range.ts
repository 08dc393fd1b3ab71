import type { Range } from 'vscode';

/** A position of the protocol. */
interface ProtocolPosition {
	line: number;
	character: number;
}

/** Converts a VS Code range to the protocol's. VS Code's own would be serialised differently, and loses its positions on the way to a worker. */
export function fromRange({ start, end }: Range): { start: ProtocolPosition; end: ProtocolPosition } {
	return { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
}
