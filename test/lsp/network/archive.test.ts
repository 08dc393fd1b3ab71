import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkDoneProgressCancelNotification } from 'vscode-languageserver/node';
import { workplace } from './editor.ts';

describe('network checks of an archive', () => {
	const work = workplace();

	it('check all articles with progress, a report, and an update of moved links', async () => {
		await work.article('articles/a/1.md', ['/status/404', '/moved/301', '/last']);
		await work.article('articles/b/2.md', ['/moved/301', '/status/403', '/picture/plain']);
		await work.article('articles/b/3.md', ['/']);
		await writeFile(join(work.folder, 'marginalia.json'), `{ "ignore": { "urls": ["*/status/403"] } }`);
		const editor = await work.start();
		editor.presses.push('Show Report', 'Update');
		const release = work.hosts.hold(/^\/last$/);
		const checked = editor.command('marginalia.checkArchiveLinks');
		await editor.until(() => editor.work.length > 0);
		release();
		await checked;
		assert.equal(editor.work[0], 'Checking links in the archive');
		assert.match(editor.work.slice(1).join('\n'), /^(?:report \d of 5(?:, 1 broken)?\n)*report 5 of 5, 1 broken\nend$/);
		await editor.until(() => editor.shown.length > 0);
		assert.deepEqual(editor.messages, ['5 URLs in 3 articles: 1 broken, 1 moved.']);
		const report = await readFile(new URL(editor.shown[0] ?? ''), 'utf8');
		assert.match(report, /^# Links in marginalia-network/);
		assert.match(
			report,
			/## Broken\n\n### \[Tide\]\(file:.*articles\/a\/1\.md\)\n\n- <http:.*404> – 404 Not Found \(\[Wayback Machine\]/,
		);
		assert.match(report, /## Moved\n\n### .*1\.md.*\n\n.*\n\n### .*2\.md/);
		assert.ok(!work.hosts.asked().some(one => one.includes('403')), work.hosts.asked().join());

		// In an unknown encoding, offsets are unreliable.
		const text = await readFile(join(work.folder, 'articles/b/2.md'));
		await writeFile(join(work.folder, 'articles/b/3.md'), Buffer.concat([text, Buffer.of(0xb6)]));
		await editor.command('marginalia.updateMovedLinks');
		assert.equal(editor.messages[1], 'Update 2 links in 2 articles?');
		const changes = editor.edits[0]?.edit.documentChanges ?? [];
		assert.deepEqual(
			changes.map(
				change =>
					'edits' in change && [
						change.textDocument.uri.slice(-6),
						change.edits.map(edit => 'newText' in edit && edit.newText),
					],
			),
			[
				['a/1.md', [work.hosts.url('/new/page?a=1')]],
				['b/2.md', [work.hosts.url('/new/page?a=1')]],
			],
		);
	});

	it('can be cancelled halfway', async () => {
		for (let number = 1; number <= 6; number++)
			await work.article(
				`articles/a/${number}.md`,
				Array.from({ length: 5 }, (_, at) => `/held/${number}/${at}`),
			);
		const editor = await work.start();
		const release = work.hosts.hold(/^\/held\//);
		const done = editor.command('marginalia.checkArchiveLinks');
		await editor.until(() => editor.work.length > 0);
		const [token] = editor.workTokens;
		assert.ok(token !== undefined);
		await editor.client.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
		await done;
		release();
		await editor.until(() => editor.messages.length > 0);
		assert.deepEqual(editor.messages, ['Cancelled. 30 URLs in 6 articles: 0 broken, 0 moved, 30 not checked.']);
		await work.hosts.idle();
		// At most 4 concurrent requests go to a host.
		assert.equal(work.hosts.asked().length, 4);
	});
});
