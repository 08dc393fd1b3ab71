import assert from 'node:assert/strict';
import {
	CancellationToken,
	type CompletionItem,
	type CompletionList,
	InsertTextFormat,
	MarkupKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CompletionOptions, resolveCompletion } from '../../../server/src/languageFeatures/completion.ts';
import { createService } from '../../../server/src/service.ts';
import { openIn } from '../../support/document.ts';
import { CURSOR, createFiles, HEAD, NOW, open } from './harness.ts';

const OPTIONS: CompletionOptions = {
	snippets: true,
	documentation: MarkupKind.Markdown,
	describes: true,
	retriggers: true,
};

function complete(marked: string, options = OPTIONS): Promise<CompletionList> {
	const { service, document, offset } = open(marked);
	assert.notEqual(offset, -1, 'the text has a cursor');
	return service.completion(document, document.positionAt(offset), options);
}

async function labels(marked: string): Promise<string[]> {
	return (await complete(marked)).items
		.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1))
		.map(({ label }) => label);
}

/** Returns the text after accepting the completion with a label, including placeholders. */
async function accept(marked: string, label: string, options = OPTIONS): Promise<string> {
	const item = (await complete(marked, options)).items.find(one => one.label === label);
	assert.ok(item, `${label} is offered`);
	assert.ok(item.textEdit && 'range' in item.textEdit);
	const document = TextDocument.create('file:///1.md', 'article', 1, marked.replace(CURSOR, ''));
	return TextDocument.applyEdits(document, [item.textEdit]);
}

describe('completion of the header', () => {
	const header = `<!--${NOW}-->\n[\${1:Title}](https://$2)\n------\n\n$0`;

	for (const start of ['', '<', '<!', '<!--', '<!-- -->']) {
		it(`offers the whole header in “${start}”`, async () => {
			const cursor = start.replace(/ ?-->$/, '').length;
			const marked = `${start.slice(0, cursor)}${CURSOR}${start.slice(cursor)}`;
			assert.deepEqual(await labels(marked), ['Article header']);
			assert.equal(await accept(marked, 'Article header'), header);
		});
	}

	it('offers the whole header above a body', async () => {
		assert.equal(await accept(`${CURSOR}\n<p>x</p>`, 'Article header'), `${header}\n<p>x</p>`);
	});

	it('inserts plain text for a client without snippets', async () => {
		assert.equal(
			await accept(CURSOR, 'Article header', { ...OPTIONS, snippets: false }),
			`<!--${NOW}-->\n[Title](https://)\n------\n\n`,
		);
		assert.equal(
			(await complete(CURSOR, { ...OPTIONS, snippets: false })).items[0]?.insertTextFormat,
			InsertTextFormat.PlainText,
		);
	});

	it('offers the current time above a title line', async () => {
		assert.equal(
			await accept(`<!--${CURSOR}-->\n[A](https://a.example/)\n------\n`, 'Current time'),
			`<!--${NOW}-->\n[A](https://a.example/)\n------\n`,
		);
	});

	it('offers the title below the time, and the dashes below the title', async () => {
		assert.equal(
			await accept(`<!--1-->\n${CURSOR}\n------\n`, 'Title and source'),
			`<!--1-->\n[\${1:Title}](https://$2)$0\n------\n`,
		);
		assert.equal(
			await accept(`<!--1-->\n[A](https://a.example/)\n--${CURSOR}\n\n<p>x`, '------'),
			'<!--1-->\n[A](https://a.example/)\n------\n\n<p>x',
		);
	});

	it('offers nothing in a complete header', async () => {
		assert.deepEqual(await labels(`<!--1-->\n[A${CURSOR}](https://a.example/)\n------\n\n<p>x</p>`), []);
		assert.deepEqual(await labels(`${HEAD}${CURSOR}`), []);
	});
});

describe('completion of markup', () => {
	it('offers tags after <, common ones first, the end tag last', async () => {
		const offered = await labels(`${HEAD}<p>潮水 <${CURSOR}</p>`);
		assert.ok(offered.indexOf('figure') < offered.indexOf('acronym') || !offered.includes('acronym'));
		assert.ok(offered.includes('blockquote') && offered.includes('mark'));
		assert.equal(offered.at(-1), '/p');
		for (const unwanted of ['script', 'html', 'body', 'style']) assert.ok(!offered.includes(unwanted), unwanted);
	});

	it('replaces the whole tag name', async () => {
		assert.equal(
			await accept(`${HEAD}<p><st${CURSOR}r class="a">x</p>`, 'strong'),
			`${HEAD}<p><strong class="a">x</p>`,
		);
	});

	it('closes the innermost open element', async () => {
		assert.deepEqual(await labels(`${HEAD}<div><p>one</p><blockquote><br>two</${CURSOR}`), ['/blockquote']);
		assert.equal(await accept(`${HEAD}<div><em>x</${CURSOR}`, '/em'), `${HEAD}<div><em>x</em>`);
		assert.equal(await accept(`${HEAD}<p>x<${CURSOR}`, '/p'), `${HEAD}<p>x</p>`);
	});

	it('closes an element at a depth of 20,000', async () => {
		assert.deepEqual(await labels(`${HEAD}${'<div>'.repeat(20_000)}<em>x</${CURSOR}`), ['/em']);
	});

	it('offers missing attributes, specific before global, without event handlers', async () => {
		const offered = await labels(`${HEAD}<a ${CURSOR} title="x">y</a>`);
		assert.equal(offered[0], 'href');
		assert.ok(offered.indexOf('rel') < offered.indexOf('id'));
		assert.ok(!offered.includes('title'));
		assert.ok(!offered.some(name => name.startsWith('on')));
	});

	it('inserts quotes for the value, and triggers completion again', async () => {
		const marked = `${HEAD}<a hr${CURSOR}>y</a>`;
		assert.equal(await accept(marked, 'href'), `${HEAD}<a href="$1">y</a>`);
		const item = (await complete(marked)).items.find(({ label }) => label === 'href');
		assert.equal(item?.command?.command, 'editor.action.triggerSuggest');
		assert.equal(await accept(`${HEAD}<a hr${CURSOR}="z">y</a>`, 'href'), `${HEAD}<a href="z">y</a>`);
		const plain = (await complete(marked, { ...OPTIONS, retriggers: false })).items.find(
			({ label }) => label === 'href',
		);
		assert.equal(plain?.command, undefined);
	});

	it('offers the values that HTML defines', async () => {
		assert.deepEqual(await labels(`${HEAD}<img loading="${CURSOR}">`), ['eager', 'lazy']);
		assert.equal(await accept(`${HEAD}<img loading=${CURSOR}>`, 'lazy'), `${HEAD}<img loading="lazy">`);
	});

	it('adds documentation when an item is resolved', async () => {
		const resolve = (item: CompletionItem) => resolveCompletion(item, OPTIONS).documentation;
		assert.match(JSON.stringify(resolve({ label: 'em', data: { tag: 'em' } })), /emphasis/);
		assert.match(JSON.stringify(resolve({ label: 'href', data: { tag: 'a', attribute: 'href' } })), /URL/);
		assert.equal(resolve({ label: 'x', data: { tag: 'no-such' } }), undefined);
		assert.equal(resolve({ label: 'x', data: 7 }), undefined);
	});

	it('edits only the line of the cursor', async () => {
		const ids = '<h2 id="tide">涨潮</h2>';
		assert.deepEqual(await labels(`${HEAD}${ids}<a href="${CURSOR}">x</a>`), ['#tide']);
		const page = '<p>The water left early.</p><ol id="comments"><li id="comment-1">Nice</li></ol>';
		assert.deepEqual(await labels(`${HEAD}${ids}<a href="${CURSOR}">x</a>${page}`), ['#tide']);
		assert.deepEqual(await labels(`${HEAD}${ids}<a href="\n${CURSOR}">x</a>`), []);
		assert.deepEqual(await labels(`${HEAD}<img loading="\n${CURSOR}">`), []);
		const text = `<!--1-->\n[A](https://a.example/)\n------\n\n${ids}\n<a\n hr\nhref="\n#t\n">x</a>\n<img loading='\nla\n'\nclass=\nx>\n<!-- \nno\n #潮\n-->\n<p>a<\nst\n`;
		for (let at = 0; at <= text.length; at++) {
			const { items } = await complete(text.slice(0, at) + CURSOR + text.slice(at));
			const line = text.slice(0, at).split('\n').length - 1;
			for (const { label, textEdit } of items) {
				assert.ok(textEdit && 'range' in textEdit);
				const { start, end } = textEdit.range;
				assert.deepEqual([start.line, end.line], [line, line], `${label} at ${at}`);
			}
		}
	});

	for (const [what, marked] of [
		['in text', `${HEAD}<p>a ${CURSOR}b</p>`],
		['in text with a bracket', `${HEAD}<p>a < ${CURSOR}b</p>`],
		['in a script', `${HEAD}<script>if (a <${CURSOR}b)</script>`],
		['after a value', `${HEAD}<a href="x"${CURSOR}>b</a>`],
		['in a list', `Harbour\n------\n\n9-1 [A](/articles/${CURSOR}a.md)\n`],
	] as const) {
		it(`offers nothing ${what}`, async () => assert.deepEqual(await labels(marked), []));
	}
});

describe('completion of URLs', () => {
	const body = '<h2 id="tide">涨潮</h2><p id="a&amp;b">Second <b>place</b></p>';

	it('offers the ids of the article with their text', async () => {
		const list = await complete(`${HEAD}${body}<a href="${CURSOR}">x</a>`);
		assert.deepEqual(
			list.items.map(({ label, detail }) => [label, detail]),
			[
				['#tide', '涨潮'],
				['#a&b', 'Second place'],
			],
		);
	});

	it('finds ids by text, and encodes them as attribute values', async () => {
		assert.deepEqual(await labels(`${HEAD}${body}<a href="潮${CURSOR}">x</a>`), ['#tide']);
		assert.equal(
			await accept(`${HEAD}${body}<a href="sec${CURSOR}">x</a>`, '#a&b'),
			`${HEAD}${body}<a href="#a&amp;b">x</a>`,
		);
	});

	it('replaces the value, and closes an unclosed quote', async () => {
		assert.equal(
			await accept(`${HEAD}${body}<a href="#t${CURSOR}ube" title="y">x</a>`, '#tide'),
			`${HEAD}${body}<a href="#tide" title="y">x</a>`,
		);
		assert.equal(
			await accept(`${HEAD}${body}<a href="${CURSOR}<p class="z">x</p>`, '#tide'),
			`${HEAD}${body}<a href="#tide"<p class="z">x</p>`,
		);
		assert.equal(
			await accept(`${HEAD}${body}<a href="${CURSOR} title="y">x</a>`, '#tide'),
			`${HEAD}${body}<a href="#tide" title="y">x</a>`,
		);
		assert.equal(await accept(`${HEAD}${body}<a href=${CURSOR}>x</a>`, '#tide'), `${HEAD}${body}<a href="#tide">x</a>`);
	});

	it('offers at most 100 items, and reports that there are more', async () => {
		const many = Array.from({ length: 150 }, (_, index) => `<p id="p${index}">x</p>`).join('');
		const list = await complete(`${HEAD}${many}<a href="${CURSOR}">x</a>`);
		assert.equal(list.items.length, 100);
		assert.equal(list.isIncomplete, true);
	});
});

describe('completion in an archive', () => {
	const ROOT = 'file:///archive';
	const article = (name: string, title: string, body: string): string =>
		`<!--1639640221000-->\n[${title}](https://news.example/${name}?a=1&b=2)\n------\n\n${body}`;
	const FILES = {
		'articles/harbour/a.md': article('a', '运河上的渡轮', '<p>x<!-- note: y #海 --></p>'),
		'articles/harbour/b c.md': article('b', 'The east pier', '<p>x<!-- source: y #海 #old --></p>'),
		'articles/harbour/a.md.annotations.jsonld': '{}',
		'articles/harbour/pictures/quay 1.PNG': 'x',
		'articles/harbour/pictures/notes.txt': 'x',
		'articles/harbour/pictures/old/2.jpg': 'x',
		'marginalia.json': '{ "noteKinds": { "source": { "motivation": "identifying" } } }',
	};

	/** Returns the completions in a document of the archive: labels and inserted text. */
	async function offered(
		path: string,
		marked: string,
		before = marked.replace(CURSOR, ''),
	): Promise<[label: string, inserts: string | undefined][]> {
		const contents = { ...FILES, [path]: marked.replace(CURSOR, '') };
		const files = createFiles(
			Object.fromEntries(Object.entries(contents).map(([name, text]) => [`${ROOT}/${encodeURI(name)}`, text])),
		);
		const onScan = () => ({ isCancelled: () => false, looked() {}, ended() {} });
		const service = createService({ files, now: () => NOW }, { navigation: { folders: () => [ROOT], onScan } });
		const uri = path.startsWith('untitled:') ? path : `${ROOT}/${path}`;
		service.documentSymbols(openIn(service, uri, before));
		const document = openIn(service, uri, marked.replace(CURSOR, ''), 2);
		// The response comes after the archive has been indexed.
		await service.navigation.start(uri);
		await service.navigation.workspaceSymbols('', CancellationToken.None);
		await service.navigation.definition(document, { line: 0, character: 0 }, CancellationToken.None);
		const list = await service.completion(document, document.positionAt(marked.indexOf(CURSOR)), OPTIONS);
		descriptions = list.items.map(({ labelDetails }) => labelDetails?.description);
		return list.items.map(({ label, textEdit }) => [label, textEdit?.newText]);
	}
	/** The descriptions of the completions that were offered last. */
	let descriptions: readonly (string | undefined)[] = [];
	const inArticle = (body: string) => offered('articles/harbour/1.md', HEAD + body);

	it('finds an article by a Chinese title, and inserts its source URL or path', async () => {
		assert.deepEqual(await inArticle(`<p><a href="渡轮${CURSOR}">x</a></p>`), [
			['运河上的渡轮', 'https://news.example/a?a=1&amp;b=2'],
			['运河上的渡轮', 'a.md'],
		]);
		assert.deepEqual(await inArticle(`<p><a href="pier${CURSOR}">x</a></p>`), [
			['The east pier', 'https://news.example/b?a=1&amp;b=2'],
			['The east pier', 'b%20c.md'],
		]);
		assert.deepEqual(descriptions, ['page', 'file']);
	});

	it('completes paths: media files for an image, all files for a link', async () => {
		assert.deepEqual(await inArticle(`<img src="${CURSOR}">`), [['pictures/', 'pictures/']]);
		assert.deepEqual(await inArticle(`<img src="pictures/${CURSOR}">`), [
			['old/', 'pictures/old/'],
			['quay 1.PNG', 'pictures/quay%201.PNG'],
		]);
		assert.deepEqual(await inArticle(`<a href='pictures/no${CURSOR}'>x</a>`), [['notes.txt', 'pictures/notes.txt']]);
		assert.deepEqual(
			await inArticle(`<a href="./${CURSOR}">x</a>`),
			[
				['pictures/', './pictures/'],
				['a.md', './a.md'],
				['b c.md', './b%20c.md'],
				['1.md', './1.md'],
			].sort(([one = ''], [two = '']) => Number(two.endsWith('/')) - Number(one.endsWith('/')) || (one < two ? -1 : 1)),
		);
		assert.deepEqual(await inArticle(`<img src="https://${CURSOR}">`), []);
	});

	it('completes paths from the first letter on, and offers articles by title until there is a slash', async () => {
		assert.deepEqual(await inArticle(`<a href="pic${CURSOR}">x</a>`), [['pictures/', 'pictures/']]);
		const all = await inArticle(`<h2 id="quay">y</h2><a href="${CURSOR}">x</a>`);
		assert.deepEqual(
			all.map(([label]) => label),
			['#quay', 'pictures/', '运河上的渡轮', '运河上的渡轮', 'The east pier', 'The east pier'],
		);
	});

	it('completes links and paths in documents that were never saved', async () => {
		const inUntitled = (uri: string, body: string) => offered(uri, HEAD + body);
		const named = 'untitled:/archive/articles/harbour/new.md';
		const pier = ['The east pier', 'https://news.example/b?a=1&amp;b=2'];
		assert.deepEqual(await inUntitled(named, `<a href="pier${CURSOR}">x</a>`), [pier, ['The east pier', 'b%20c.md']]);
		assert.deepEqual(await inUntitled(named, `<img src="${CURSOR}">`), [['pictures/', 'pictures/']]);
		const unnamed = 'untitled:Untitled-1';
		assert.deepEqual(await inUntitled(unnamed, `<a href="pier${CURSOR}">x</a>`), [
			pier,
			['The east pier', 'articles/harbour/b%20c.md'],
		]);
		assert.deepEqual(await inUntitled(unnamed, `<img src="${CURSOR}">`), [['articles/', 'articles/']]);
		assert.deepEqual((await inUntitled(unnamed, `<p>a<!-- ${CURSOR}`)).map(([label]) => label).at(-1), 'source:');
	});

	it('does not offer files outside the archive', async () => {
		assert.deepEqual(await inArticle(`<img src="../../../${CURSOR}">`), []);
		assert.deepEqual(await inArticle(`<img src="../../${CURSOR}">`), [['articles/', '../../articles/']]);
	});

	it('offers the articles missing from a list, as whole lines', async () => {
		const list = (line: string): string => `海港\n------\n\n12-16 [x](/articles/harbour/a.md)\n\n${line}\n`;
		const inList = (line: string) => offered('lists/海港.md', list(line), list(''));
		const pier = ['The east pier', '12-16 [The east pier](/articles/harbour/b%20c.md)'];
		assert.deepEqual(await inList(`[pier${CURSOR}`), [pier]);
		assert.deepEqual(await inList(CURSOR), [pier]);
		assert.deepEqual(await inList(`12-1 [渡轮${CURSOR}](`), []);
		assert.deepEqual(await offered('lists/海港.md', `海${CURSOR}港\n------\n\n[x](/articles/harbour/a.md)\n`), []);
	});

	it('offers the kinds and tags of notes in the archive', async () => {
		const kinds = await inArticle(`<p>a<!-- so${CURSOR} --></p>`);
		assert.deepEqual(kinds.at(-1), ['source:', 'source: $0']);
		const tags = await inArticle(`<p>a<!-- source: z #own --></p><p>b<!-- note: z #${CURSOR} --></p>`);
		assert.deepEqual(tags, [
			['#own', '#own'],
			['#海', '#海'],
			['#old', '#old'],
		]);
	});
});

describe('completion of notes', () => {
	it('offers the kinds at the start of a comment', async () => {
		assert.deepEqual(await labels(`${HEAD}<p>a<!--${CURSOR} --></p>`), [
			'check:',
			'edit:',
			'link:',
			'note:',
			'question:',
			'translate:',
		]);
		assert.equal(await accept(`${HEAD}<p>a<!--${CURSOR} --></p>`, 'question:'), `${HEAD}<p>a<!-- question: $0 --></p>`);
		assert.equal(
			await accept(`${HEAD}<p>a<!-- qu${CURSOR} --></p>`, 'question:'),
			`${HEAD}<p>a<!-- question: $0 --></p>`,
		);
		assert.equal(await accept(`${HEAD}<p>a<!-- ${CURSOR}`, 'note:'), `${HEAD}<p>a<!-- note: $0 -->`);
	});

	it('offers the tags of the article, most used first', async () => {
		const body = '<p>a<!-- note: x #tide #渡轮 --></p><p>b<!-- check: y #渡轮 --></p>';
		assert.deepEqual(await labels(`${HEAD}${body}<p>c<!-- note: z #${CURSOR} --></p>`), ['#渡轮', '#tide']);
		assert.equal(
			await accept(`${HEAD}${body}<p>c<!-- note: z #渡${CURSOR} --></p>`, '#渡轮'),
			`${HEAD}${body}<p>c<!-- note: z #渡轮 --></p>`,
		);
	});

	it('offers nothing in the text of a note', async () => {
		assert.deepEqual(await labels(`${HEAD}<p>a<!-- note: one ${CURSOR}two --></p>`), []);
	});
});
