import assert from 'node:assert/strict';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HoverRequest, InlayHintRequest } from 'vscode-languageserver/node';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { connect } from './client.ts';

const URI = 'untitled:night-ferry.md';
const TEXT =
	'<!--1639640221000-->\n[The night ferry](https://courier.example/2021/12/16/ferry/)\n------\n\n<p>It leaves at eleven.</p>\n';

/** The server's text for the time comment with this `TZ`, or without one: the first line of the hover, and the inlay hint. */
async function timeIn(zone: string | undefined): Promise<readonly [hover: string, hint: string]> {
	const client = await connect('ipc', undefined, { env: { TZ: zone } });
	try {
		await client.open(URI, TEXT);
		const textDocument = { uri: URI };
		const hover = await client.connection.sendRequest(HoverRequest.type, {
			textDocument,
			position: { line: 0, character: 6 },
		});
		const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
		const [hint] = (await client.connection.sendRequest(InlayHintRequest.type, { textDocument, range })) ?? [];
		const contents = hover?.contents;
		assert.ok(typeof contents === 'object' && 'value' in contents && typeof hint?.label === 'string');
		return [contents.value.split('\n')[0] ?? '', hint.label];
	} finally {
		await client.stop();
	}
}

describe('time zones', () => {
	const inShanghai = '**Thursday 16 December 2021, 15:37:01**';
	const inUtc = ['**Thursday 16 December 2021, 07:37:01** UTC', '16 Dec 2021, 07:37 UTC'];
	const cases: readonly (readonly [zone: string, hover: string, hint: string])[] = [
		['Asia/Shanghai', `${inShanghai} Asia/Shanghai, UTC\\+8`, '16 Dec 2021, 15:37'],
		// In POSIX, positive offsets are west of Greenwich.
		['CST-8', `${inShanghai} UTC\\+8`, '16 Dec 2021, 15:37'],
		['UTC0', ...(inUtc as [string, string])],
		['', ...(inUtc as [string, string])],
		['nowhere', ...(inUtc as [string, string])],
		['GMT+3', '**Thursday 16 December 2021, 04:37:01** UTC\\-3', '16 Dec 2021, 04:37'],
		[
			':/usr/share/zoneinfo/Asia/Tokyo',
			'**Thursday 16 December 2021, 16:37:01** Asia/Tokyo, UTC\\+9',
			'16 Dec 2021, 16:37',
		],
	];
	const plain = (text: string): string => text.replaceAll('\\', '');

	for (const [zone, hover, hint] of cases) {
		it(`are taken from TZ=${JSON.stringify(zone)}`, async () => {
			const [said, label] = await timeIn(zone);
			assert.deepEqual([plain(said), label], [plain(hover), hint]);
		});
	}

	it('are taken from a link to a file of the time zone database', async function () {
		if (process.platform === 'win32') return this.skip();
		const folder = mkdtempSync(join(tmpdir(), 'marginalia-zone-'));
		try {
			symlinkSync('/usr/share/zoneinfo/Asia/Tokyo', join(folder, 'localtime'));
			symlinkSync('nowhere', join(folder, 'dangling'));
			const there = await timeIn(`:${folder}/localtime`);
			// Without the database, the machine does not know the zone.
			assert.match(plain(there.join(' | ')), /16:37:01\*\* Asia\/Tokyo, UTC\+9 \| 16 Dec|07:37:01\*\* UTC \| 16 Dec/);
			assert.deepEqual(await timeIn(`:${folder}/dangling`), inUtc);
		} finally {
			await removeFolder(folder);
		}
	});

	it('default to that of the machine with TZ=":/etc/localtime"', async () => {
		assert.deepEqual(await timeIn(':/etc/localtime'), await timeIn(undefined));
	});
});
