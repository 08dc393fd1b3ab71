import * as vscode from 'vscode';
import type { Location as ProtocolLocation } from 'vscode-languageclient';
import { LENS_COMMANDS } from '../../../server/src/protocol/commands.ts';

/** Registers `marginalia.showPlaces`, which code lenses run to peek at locations in an article. */
export function registerShowPlaces(): vscode.Disposable {
	return vscode.commands.registerCommand(
		LENS_COMMANDS.showPlaces,
		async (uri: string, { line, character }: vscode.Position, locations: readonly ProtocolLocation[]) => {
			await vscode.commands.executeCommand(
				'editor.action.peekLocations',
				vscode.Uri.parse(uri),
				new vscode.Position(line, character),
				locations.map(
					({ uri: place, range: { start, end } }) =>
						new vscode.Location(
							vscode.Uri.parse(place),
							new vscode.Range(start.line, start.character, end.line, end.character),
						),
				),
				'peek',
			);
		},
	);
}
