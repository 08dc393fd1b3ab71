import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { CancellationToken } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { withoutPlaceholders } from '../../../server/src/languageFeatures/completion/suggestion.ts';
import { createReach } from '../../../server/src/links/reach.ts';
import type { CopyOptions, InsertedFiles, TransferredFile } from '../../../server/src/protocol/editing.ts';
import { createService } from '../../../server/src/service.ts';
import { openIn } from '../../support/document.ts';
import { createFiles, HEAD, NOW, png } from './harness.ts';

const ROOT = 'file:///archive';
const ARTICLE = `${ROOT}/articles/harbour/1_tide.md`;
const QUAY = png(3, 2);
const FILES: Readonly<Record<string, string | Uint8Array>> = {
	[`${ROOT}/articles/harbour/pictures/quay.png`]: QUAY,
	[`${ROOT}/articles/harbour/pictures/ferry%20%E6%B8%A1%E8%BD%AE%231.png`]: png(4, 4),
	[`${ROOT}/articles/harbour/2.md`]: HEAD.replace('Tide', 'A <b> & "c" $x} 渡轮'),
	[`${ROOT}/articles/harbour/plan.pdf`]: '%PDF',
};

/** The last cursor, or selection between two of these marks. */
const MARK = '|';

interface Options extends Partial<CopyOptions> {
	readonly files?: Readonly<Record<string, string | Uint8Array>>;
	readonly uri?: string;
	readonly html?: string;
	readonly trusted?: boolean;
	/** What is above the body. */
	readonly head?: string;
}

interface Result extends InsertedFiles {
	/** The body after the insertion, with placeholders filled in. */
	readonly body: string | undefined;
	/** The paths of new files below the root. */
	readonly created: readonly string[];
}

/** Inserts files into a body, at the selections between pairs of `|`. */
async function insert(marked: string, transferred: readonly TransferredFile[], options: Options = {}): Promise<Result> {
	const {
		files = FILES,
		uri = ARTICLE,
		html,
		trusted = true,
		destination = {},
		overwriteBehavior = 'nameIncrementally',
	} = options;
	const service = createService(
		{ files: createFiles(files), now: () => NOW },
		{
			reach: () => createReach({ folders: [URI.parse(ROOT)], documents: [] }),
			navigation: { folders: () => [ROOT], onScan: () => ({ isCancelled: () => false, looked() {}, ended() {} }) },
			workspaceFolder: () => ROOT,
		},
	);
	const [first = '', ...parts] = marked.split(MARK);
	const { head = marked.includes('\r') ? HEAD.replaceAll('\n', '\r\n') : HEAD } = options;
	let body = first;
	const offsets = parts.map(part => {
		const offset = head.length + body.length;
		body += part;
		return offset;
	});
	const document = openIn(service, uri, head + body);
	const ranges = offsets.flatMap((start, index) =>
		index % 2 === 1
			? []
			: [{ start: document.positionAt(start), end: document.positionAt(offsets[index + 1] ?? start) }],
	);
	const transfer = { files: transferred, destination, overwriteBehavior, ...(html === undefined ? {} : { html }) };
	const answer = await service.insertFiles(document, ranges, transfer, trusted, CancellationToken.None);
	let text = document.getText();
	for (const { range, snippet } of answer.insertion?.edits.toReversed() ?? [])
		text =
			text.slice(0, document.offsetAt(range.start)) +
			withoutPlaceholders(snippet) +
			text.slice(document.offsetAt(range.end));
	return {
		...answer,
		body: answer.insertion && text.slice(head.length),
		created: (answer.insertion?.copies ?? []).map(copy => decodeURIComponent(copy.uri.slice(ROOT.length + 1))),
	};
}

/** A picture from outside the archive. */
function outside(name: string, bytes: Uint8Array | string = png(9, 9), type = 'image/png'): TransferredFile {
	const content = { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
	return { name, type, content };
}

/** A file of which the place is known, such as one from the Explorer. */
function placed(path: string): TransferredFile {
	return {
		name: path.slice(path.lastIndexOf('/') + 1),
		type: '',
		uri: `${ROOT}/${path.split('/').map(encodeURIComponent).join('/')}`,
	};
}

const QUAY_FILE = placed('articles/harbour/pictures/quay.png');
const FIGURE = '<figure><img src="pictures/quay.png"><figcaption>Caption</figcaption></figure>';

describe('a picture becomes a figure', () => {
	for (const [where, body, expected] of [
		['in place of an empty paragraph', '<p>a</p><p>||</p><p>b</p>', `<p>a</p>${FIGURE}<p>b</p>`],
		['in place of a paragraph with a line break', '<p class="x"><br>||</p>', FIGURE],
		['in place of a wholly selected paragraph', '<p>a</p><p>||</p>', `<p>a</p>${FIGURE}`],
		['between blocks', '<p>a</p>||<p>b</p>', `<p>a</p>${FIGURE}<p>b</p>`],
		['in an empty body', '||', FIGURE],
		['before a paragraph, at its start', '<p>a</p><p><b>||b</b></p>', `<p>a</p>${FIGURE}<p><b>b</b></p>`],
		['after a paragraph, at its end', '<p>a||</p><p>b</p>', `<p>a</p>${FIGURE}<p>b</p>`],
		['after a paragraph, within', '<p>潮<b>水||来</b>了</p><p>b</p>', `<p>潮<b>水来</b>了</p>${FIGURE}<p>b</p>`],
		['after a heading', '<h2>a||</h2><p>b</p>', `<h2>a</h2>${FIGURE}<p>b</p>`],
		['after a list, between its items', '<ul><li>a</li>||<li>b</li></ul>', `<ul><li>a</li><li>b</li></ul>${FIGURE}`],
		['in a list item', '<ul><li>a||</li></ul>', `<ul><li>a${FIGURE}</li></ul>`],
		[
			'in a cell, after the paragraph',
			'<table><tr><td><p>a||</p></td></tr></table>',
			`<table><tr><td><p>a</p>${FIGURE}</td></tr></table>`,
		],
		['in a quote', '<blockquote><p>a||</p></blockquote>', `<blockquote><p>a</p>${FIGURE}</blockquote>`],
		[
			'after another figure',
			'<figure><img src="x"><figcaption>c||</figcaption></figure><p>b</p>',
			`<figure><img src="x"><figcaption>c</figcaption></figure>${FIGURE}<p>b</p>`,
		],
		[
			'after another figure with boxes',
			'<figure><div><p>c||</p></div></figure>',
			`<figure><div><p>c</p></div></figure>${FIGURE}`,
		],
		['after lines of code', '<pre>a||\nb</pre>', `<pre>a\nb</pre>\n${FIGURE}`],
		['after a paragraph without an end tag', '<p>a||<p>b', `<p>a${FIGURE}<p>b`],
		[
			'on a line of its own',
			'<div>\n  <p>a||</p>\n  <p>b</p>\n</div>',
			`<div>\n  <p>a</p>\n  ${FIGURE}\n  <p>b</p>\n</div>`,
		],
		[
			'on a line of its own, before a paragraph',
			'<div>\n\t<p>||a</p>\n</div>',
			`<div>\n\t${FIGURE}\n\t<p>a</p>\n</div>`,
		],
		['on an empty line', '<div>\n  <p>a</p>\n  ||\n</div>', `<div>\n  <p>a</p>\n  ${FIGURE}\n</div>`],
		['in place of an empty paragraph on its line', '<p>a</p>\n<p>||</p>\n', `<p>a</p>\n${FIGURE}\n`],
		[
			'on a line of its own, in a file of Windows',
			'<p>a||</p>\r\n<p>b</p>\r\n',
			`<p>a</p>\r\n${FIGURE}\r\n<p>b</p>\r\n`,
		],
	] as const)
		it(where, async () => {
			const { body: after, insertion, refusals } = await insert(body, [QUAY_FILE]);
			assert.equal(after, expected);
			assert.deepEqual(
				[insertion?.kind, insertion?.title, insertion?.copies, refusals],
				['figure', 'Insert Figure', [], []],
			);
		});

	it('with selected words as its caption', async () => {
		assert.equal(
			(await insert('<p>a |the $quay} &amp; 码头| b</p>', [QUAY_FILE])).body,
			`<p>a  b</p>${FIGURE.replace('Caption', 'the $quay} &amp; 码头')}`,
		);
		assert.equal((await insert('<p>|quay|</p>', [QUAY_FILE])).body, FIGURE.replace('Caption', 'quay'));
	});

	it('in place of selected blocks', async () => {
		assert.equal((await insert('<p>a</p>|<p>b</p><p>c</p>|<p>d</p>', [QUAY_FILE])).body, `<p>a</p>${FIGURE}<p>d</p>`);
		const lines = '<p>a</p>\n|<p>b</p>\n|<p>d</p>\n';
		assert.equal((await insert(lines, [QUAY_FILE])).body, `<p>a</p>\n${FIGURE}\n<p>d</p>\n`);
	});

	it('and leaves a selection alone that cuts through tags', async () => {
		assert.equal((await insert('<p>a|b</p><p>c|d</p>', [QUAY_FILE])).body, `<p>ab</p>${FIGURE}<p>cd</p>`);
	});

	it('at each cursor, once a paragraph', async () => {
		const { body, insertion } = await insert('<p>a||b||c</p><p>d||</p>', [QUAY_FILE]);
		assert.equal(body, `<p>abc</p>${FIGURE}<p>d</p>${FIGURE}`);
		assert.deepEqual(
			insertion?.edits.map(({ snippet }) => /\$\{\d/.exec(snippet)?.[0]),
			['${1', '${2'],
		);
	});

	it('at up to 100 cursors', async () => {
		const { insertion } = await insert('<p>||</p>'.repeat(100), [QUAY_FILE]);
		assert.equal(insertion?.edits.length, 100);
		const { insertion: none, refusals } = await insert('<p>||</p>'.repeat(101), [QUAY_FILE]);
		assert.equal(none, undefined);
		assert.deepEqual(refusals, ['Files can be inserted at up to 100 cursors. Use fewer.']);
	});

	it('one after the other for several pictures', async () => {
		const { body, insertion } = await insert('<p>a||</p>\n<p>b</p>', [
			QUAY_FILE,
			placed('articles/harbour/pictures/ferry 渡轮#1.png'),
			placed('articles/harbour/2.md'),
		]);
		const second = '<figure><img src="pictures/ferry%20渡轮%231.png"><figcaption>Caption</figcaption></figure>';
		const third = '<p><a href="2.md">A &lt;b> &amp; "c" $x} 渡轮</a></p>';
		assert.equal(body, `<p>a</p>\n${FIGURE}\n${second}\n${third}\n<p>b</p>`);
		assert.equal(insertion?.title, 'Insert Figures and Link');
	});

	it('but only its URL goes into an attribute', async () => {
		const { body, insertion } = await insert('<p><img src="old|.png|"></p>', [QUAY_FILE]);
		assert.deepEqual([body, insertion?.title], ['<p><img src="pictures/quay.png"></p>', 'Insert URL']);
		assert.equal((await insert('<img src=||>', [QUAY_FILE])).body, '<img src="pictures/quay.png">');
		assert.equal((await insert('<img alt="||">', [QUAY_FILE])).body, undefined);
	});

	it('but not in tags, comments, scripts or the header', async () => {
		for (const body of ['<p ||>', '<!-- || -->', '<script>||</script>', '<textarea>||</textarea>'])
			assert.equal((await insert(body, [QUAY_FILE])).insertion, undefined, body);
	});
});

describe('a picture from outside the archive', () => {
	it('is copied to where the archive keeps its pictures', async () => {
		const { created, body } = await insert('<p>a||</p>', [outside('tide 潮.png')], {
			files: {
				...FILES,
				[`${ROOT}/articles/harbour/3.md`]: `${HEAD}<img src="../../images/harbour/x.png">`,
				[`${ROOT}/images/harbour/x.png`]: png(1, 1),
			},
		});
		// The articles are read in the background, so the first answer may not know them; `pictures` is there already.
		assert.deepEqual(created, ['articles/harbour/pictures/tide 潮.png']);
		assert.equal(body, `<p>a</p>${FIGURE.replace('quay.png', 'tide%20潮.png')}`);
	});

	it('is copied to where the article keeps its own', async () => {
		const files = { ...FILES, [`${ROOT}/images/x.png`]: png(1, 1) };
		const { created } = await insert('<p>a||</p><img src="../../images/x.png">', [outside('y.png')], { files });
		assert.deepEqual(created, ['images/y.png']);
	});

	it('is copied to where the settings say', async () => {
		const destination = { '*.md': `/img/\${documentBaseName}-\${fileName}` };
		assert.deepEqual((await insert('||', [outside('y.png')], { destination })).created, ['img/1_tide-y.png']);
	});

	it('is not copied out of the workspace', async () => {
		for (const path of ['../../../elsewhere/', '/../x/', `\${documentDirName}/../../../x/`]) {
			const { created, insertion, refusals } = await insert('||', [outside('y.png')], { destination: { '*': path } });
			assert.deepEqual([created, insertion], [[], undefined]);
			assert.match(refusals.join(), /^y\.png was not copied: .* is outside the archive\. Check the setting /);
		}
	});

	it('gets another name if its own is taken', async () => {
		const { created, body } = await insert('||', [outside('quay.png'), outside('quay.png', 'other')]);
		assert.deepEqual(created, ['articles/harbour/pictures/quay-1.png', 'articles/harbour/pictures/quay-2.png']);
		assert.match(body ?? '', /quay-1\.png.*quay-2\.png/);
	});

	it('overwrites a file if the settings say so', async () => {
		const { insertion } = await insert('||', [outside('quay.png')], { overwriteBehavior: 'overwrite' });
		assert.deepEqual(insertion?.copies, [
			{ file: 0, uri: `${ROOT}/articles/harbour/pictures/quay.png`, overwrite: true },
		]);
	});

	it('is not copied again if the same content is there', async () => {
		const { created, body } = await insert('||', [outside('quay.png', QUAY), outside('new.png'), outside('new.png')]);
		assert.deepEqual(created, ['articles/harbour/pictures/new.png']);
		assert.equal(body?.match(/quay\.png/g)?.length, 1);
		assert.equal(body?.match(/new\.png/g)?.length, 2);
	});

	it('gets a name that all systems take', async () => {
		const { created } = await insert('||', [outside('a:b?.png'), outside('con.png'), outside('.png', 'x')]);
		assert.deepEqual(
			created.map(path => path.split('/').at(-1)),
			['a：b？.png', 'con_.png', '1_tide.png'],
		);
	});

	it('gets the name of the article if it has none', async () => {
		const { created } = await insert('||', [
			outside('image.png', 'x', 'image/jpeg'),
			outside('image.png', 'y', 'image/png'),
		]);
		assert.deepEqual(created, ['articles/harbour/pictures/1_tide.png', 'articles/harbour/pictures/1_tide-1.png']);
	});

	it('gets the extension of its type if it has none', async () => {
		const { created } = await insert('||', [
			outside('photo', 'a', 'image/jpeg'),
			outside('plan.php', 'b', 'image/svg+xml'),
			outside('c', 'c', 'image/webp'),
		]);
		assert.deepEqual(
			created.map(path => path.split('/').at(-1)),
			['photo.jpg', 'plan.svg', 'c.webp'],
		);
	});

	it('gets the name and alternative text of the image in a browser', async () => {
		const html =
			'<meta charset="utf-8"><img src="https://img.example/2021/%E6%BD%AE%20tide.jpeg?w=9" alt="Low &amp; &quot;dry&quot;">';
		const { created, body } = await insert('||', [outside('image.png')], { html });
		assert.deepEqual(created, ['articles/harbour/pictures/潮 tide.png']);
		assert.equal(
			body,
			'<figure><img src="pictures/潮%20tide.png" alt="Low &amp; &quot;dry&quot;"><figcaption>Caption</figcaption></figure>',
		);
	});

	it('stays on the web if its file does not come with it', async () => {
		const html = '<a href="/x"><img src="https://img.example/a.jpg?x=1&amp;y=2"></a>';
		const { created, body } = await insert('<p>||</p>', [], { html });
		assert.deepEqual(
			[created, body],
			[[], '<figure><img src="https://img.example/a.jpg?x=1&amp;y=2"><figcaption>Caption</figcaption></figure>'],
		);
		for (const other of [
			`${html}words`,
			html + html,
			'<img src="data:image/png;base64,xx">',
			'<img src="blob:https://x.example/1">',
		])
			assert.equal((await insert('<p>||</p>', [], { html: other })).insertion, undefined, other);
	});

	it('is not copied in an untrusted workspace, but linked if it is in the archive', async () => {
		const { insertion, refusals } = await insert('||', [outside('y.png')], { trusted: false });
		assert.deepEqual([insertion, refusals], [undefined, ['y.png was not copied: the workspace is not trusted.']]);
		assert.equal((await insert('||', [QUAY_FILE], { trusted: false })).body, FIGURE);
	});

	it('is not copied if it is too large', async () => {
		const file: TransferredFile = { name: 'a.tif', type: '', content: { size: 120_000_000, sha256: 'x' } };
		const { insertion, refusals } = await insert('||', [file, outside('b.png')]);
		assert.deepEqual(
			insertion?.copies.map(({ file: index }) => index),
			[1],
		);
		assert.match(refusals.join(), /^a\.tif was not copied: it has 120 MB, and the limit is 50 MB\. /);
	});

	it('is not copied for an article that is not saved', async () => {
		const { insertion, refusals } = await insert('||', [outside('y.png')], { uri: 'untitled:Untitled-1' });
		assert.equal(insertion, undefined);
		assert.match(refusals.join(), /^Save the article before you insert y\.png: /);
	});

	it('is copied for an article that is not saved but has a path in the archive', async () => {
		const { created, body } = await insert('||', [outside('y.png'), QUAY_FILE], {
			uri: 'untitled:/archive/articles/harbour/new.md',
		});
		assert.deepEqual(created, ['articles/harbour/pictures/y.png']);
		assert.equal(body, FIGURE.replace('quay', 'y') + FIGURE);
		const elsewhere = await insert('||', [outside('y.png')], { uri: 'untitled:/home/new.md' });
		assert.equal(elsewhere.insertion, undefined);
	});

	it('is left to the editor if only its place is known', async () => {
		for (const uri of ['file:///home/x.png', 'file://evil.example/x.png', 'vscode-remote://x/archive/x.png'])
			assert.deepEqual(await insert('||', [{ name: 'x.png', type: 'image/png', uri }]), {
				refusals: [],
				body: undefined,
				created: [],
			});
	});
});

describe('an article becomes an entry of a list', () => {
	const list = 'Harbour\n------\n\n12-20 [B](/articles/harbour/b.md)\n\n12-10 [A](/articles/harbour/a.md)\n';
	const other = placed('articles/harbour/2.md');

	async function enter(text: string, files: readonly TransferredFile[]): Promise<Result> {
		return insert(text, files, { uri: `${ROOT}/lists/harbour.md`, head: '' });
	}

	it('in the order and form of the list', async () => {
		const { body, insertion, refusals } = await enter(`||${list}`, [other]);
		const entry = '12-16 [A <b> & "c" $x} 渡轮](/articles/harbour/2.md)';
		assert.equal(body, list.replace('12-20', `${entry}\n\n12-20`));
		assert.deepEqual([insertion?.title, insertion?.kind, refusals], ['Insert Entry', 'link', []]);
	});

	it('once', async () => {
		const { insertion, refusals } = await enter(`${list}\n12-16 [x](/articles/harbour/2.md)||\n`, [other]);
		assert.deepEqual([insertion, refusals], [undefined, ['A <b> & "c" $x} 渡轮 is in this list already.']]);
	});

	it('but not a picture, a list or another file', async () => {
		for (const path of ['articles/harbour/pictures/quay.png', 'articles/harbour/plan.pdf', 'lists/none.md'])
			assert.deepEqual((await enter(`||${list}`, [placed(path), outside('x.png')])).insertion, undefined);
	});
});

describe('an article becomes a link', () => {
	const other = placed('articles/harbour/2.md');
	const LINK = '<a href="2.md">A &lt;b> &amp; "c" $x} 渡轮</a>';

	for (const [where, body, expected] of [
		['in running text', '<p>a ||b</p>', `<p>a ${LINK}b</p>`],
		['around selected words', '<p>a |b &amp; c| d</p>', '<p>a <a href="2.md">b &amp; c</a> d</p>'],
		['in a list item', '<ul><li>||</li></ul>', `<ul><li>${LINK}</li></ul>`],
		['in a paragraph of its own between blocks', '<p>a</p>||<p>b</p>', `<p>a</p><p>${LINK}</p><p>b</p>`],
		['in a paragraph of its own on a line', '<p>a</p>\n||\n<p>b</p>', `<p>a</p>\n<p>${LINK}</p>\n<p>b</p>`],
		['as its URL in an attribute', '<p><a href="||">x</a></p>', '<p><a href="2.md">x</a></p>'],
	] as const)
		it(where, async () => assert.equal((await insert(body, [other])).body, expected));

	it('but not in another link', async () => {
		assert.equal((await insert('<p><a href="x"><b>a||</b></a></p>', [other])).insertion, undefined);
	});

	it('with the name of a file that has no title', async () => {
		assert.equal(
			(await insert('<p>||.</p>', [placed('articles/harbour/plan.pdf')])).body,
			'<p><a href="plan.pdf">plan.pdf</a>.</p>',
		);
	});

	it('but not a folder, or a file that is not there', async () => {
		for (const path of ['articles', 'articles/harbour/none.md'])
			assert.equal((await insert('<p>||</p>', [placed(path)])).insertion, undefined);
	});
});
