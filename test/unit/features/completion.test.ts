import assert from 'node:assert/strict';
import { type CompletionItem, type CompletionList, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { indexDocument } from '../../../server/src/archive/entry.ts';
import { createIndex } from '../../../server/src/archive/index.ts';
import { parseDocument } from '../../../server/src/article/article.ts';
import type { CompletionOptions } from '../../../server/src/features/completion.ts';
import { CURSOR, HEAD, NOW, open } from './harness.ts';

const OPTIONS: CompletionOptions = { snippets: true, documentation: MarkupKind.Markdown, retriggers: true };

function complete(marked: string, options = OPTIONS): CompletionList {
	const { service, document, offset } = open(marked);
	assert.notEqual(offset, -1, 'the text has a cursor');
	return service.writing.completion(document, document.positionAt(offset), options);
}

function labels(marked: string): string[] {
	return complete(marked)
		.items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1))
		.map(({ label }) => label);
}

/** The text after the completion with that label was accepted, its placeholders left as they are. */
function accept(marked: string, label: string, options = OPTIONS): string {
	const item = complete(marked, options).items.find(one => one.label === label);
	assert.ok(item, `${label} is offered`);
	assert.ok(item.textEdit && 'range' in item.textEdit);
	const document = TextDocument.create('file:///1.md', 'article', 1, marked.replace(CURSOR, ''));
	return TextDocument.applyEdits(document, [item.textEdit]);
}

describe('completion of the header', () => {
	const header = `<!--${NOW}-->\n[\${1:Title}](\${2:https://})\n------\n\n$0`;

	for (const start of ['', '<', '<!', '<!--', '<!-- -->']) {
		it(`offers all of it in a text of “${start}”`, () => {
			const cursor = start.replace(/ ?-->$/, '').length;
			const marked = `${start.slice(0, cursor)}${CURSOR}${start.slice(cursor)}`;
			assert.deepEqual(labels(marked), ['Article header']);
			assert.equal(accept(marked, 'Article header'), header);
		});
	}

	it('offers it above a body', () => {
		assert.equal(accept(`${CURSOR}\n<p>x</p>`, 'Article header'), `${header}\n<p>x</p>`);
	});

	it('inserts plain text for a client without snippets', () => {
		assert.equal(
			accept(CURSOR, 'Article header', { ...OPTIONS, snippets: false }),
			`<!--${NOW}-->\n[Title](https://)\n------\n\n`,
		);
		assert.equal(
			complete(CURSOR, { ...OPTIONS, snippets: false }).items[0]?.insertTextFormat,
			InsertTextFormat.PlainText,
		);
	});

	it('offers the time now where a title line follows', () => {
		assert.equal(
			accept(`<!--${CURSOR}-->\n[A](https://a.example/)\n------\n`, 'Time now'),
			`<!--${NOW}-->\n[A](https://a.example/)\n------\n`,
		);
	});

	it('offers the title under the time, and the dashes under the title', () => {
		assert.equal(
			accept(`<!--1-->\n${CURSOR}\n------\n`, 'Title and source'),
			`<!--1-->\n[\${1:Title}](\${2:https://})$0\n------\n`,
		);
		assert.equal(
			accept(`<!--1-->\n[A](https://a.example/)\n--${CURSOR}\n\n<p>x`, '------'),
			'<!--1-->\n[A](https://a.example/)\n------\n\n<p>x',
		);
	});

	it('offers nothing in a header that is whole', () => {
		assert.deepEqual(labels(`<!--1-->\n[A${CURSOR}](https://a.example/)\n------\n\n<p>x</p>`), []);
		assert.deepEqual(labels(`${HEAD}${CURSOR}`), []);
	});
});

describe('completion of markup', () => {
	it('offers tags behind <, the usual ones first, the end tag last', () => {
		const offered = labels(`${HEAD}<p>潮水 <${CURSOR}</p>`);
		assert.ok(offered.indexOf('figure') < offered.indexOf('acronym') || !offered.includes('acronym'));
		assert.ok(offered.includes('blockquote') && offered.includes('mark'));
		assert.equal(offered.at(-1), '/p');
		for (const unwanted of ['script', 'html', 'body', 'style']) assert.ok(!offered.includes(unwanted), unwanted);
	});

	it('replaces the whole name', () => {
		assert.equal(accept(`${HEAD}<p><st${CURSOR}r class="a">x</p>`, 'strong'), `${HEAD}<p><strong class="a">x</p>`);
	});

	it('closes the innermost open element', () => {
		assert.deepEqual(labels(`${HEAD}<div><p>one</p><blockquote><br>two</${CURSOR}`), ['/blockquote']);
		assert.equal(accept(`${HEAD}<div><em>x</${CURSOR}`, '/em'), `${HEAD}<div><em>x</em>`);
		assert.equal(accept(`${HEAD}<p>x<${CURSOR}`, '/p'), `${HEAD}<p>x</p>`);
	});

	it('closes what 20,000 elements deep is open', () => {
		assert.deepEqual(labels(`${HEAD}${'<div>'.repeat(20_000)}<em>x</${CURSOR}`), ['/em']);
	});

	it('offers attributes that the tag lacks, its own first, no handlers', () => {
		const offered = labels(`${HEAD}<a ${CURSOR} title="x">y</a>`);
		assert.equal(offered[0], 'href');
		assert.ok(offered.indexOf('rel') < offered.indexOf('id'));
		assert.ok(!offered.includes('title'));
		assert.ok(!offered.some(name => name.startsWith('on')));
	});

	it('opens quotes for the value and asks again', () => {
		const marked = `${HEAD}<a hr${CURSOR}>y</a>`;
		assert.equal(accept(marked, 'href'), `${HEAD}<a href="$1">y</a>`);
		const item = complete(marked).items.find(({ label }) => label === 'href');
		assert.equal(item?.command?.command, 'editor.action.triggerSuggest');
		assert.equal(accept(`${HEAD}<a hr${CURSOR}="z">y</a>`, 'href'), `${HEAD}<a href="z">y</a>`);
		const plain = complete(marked, { ...OPTIONS, retriggers: false }).items.find(({ label }) => label === 'href');
		assert.equal(plain?.command, undefined);
	});

	it('offers the values that HTML knows', () => {
		assert.deepEqual(labels(`${HEAD}<img loading="${CURSOR}">`), ['eager', 'lazy']);
		assert.equal(accept(`${HEAD}<img loading=${CURSOR}>`, 'lazy'), `${HEAD}<img loading="lazy">`);
	});

	it('explains an item when asked', () => {
		const { service } = open(HEAD);
		const resolve = (item: CompletionItem) => service.writing.resolveCompletion(item, OPTIONS).documentation;
		assert.match(JSON.stringify(resolve({ label: 'em', data: { tag: 'em' } })), /emphasis/);
		assert.match(JSON.stringify(resolve({ label: 'href', data: { tag: 'a', attribute: 'href' } })), /URL/);
		assert.equal(resolve({ label: 'x', data: { tag: 'no-such' } }), undefined);
		assert.equal(resolve({ label: 'x', data: 7 }), undefined);
	});

	for (const [what, marked] of [
		['in text', `${HEAD}<p>a ${CURSOR}b</p>`],
		['in text with a bracket', `${HEAD}<p>a < ${CURSOR}b</p>`],
		['in a script', `${HEAD}<script>if (a <${CURSOR}b)</script>`],
		['behind a value', `${HEAD}<a href="x"${CURSOR}>b</a>`],
		['in a list', `Harbour\n------\n\n9-1 [A](/articles/${CURSOR}a.md)\n`],
	] as const) {
		it(`offers nothing ${what}`, () => assert.deepEqual(labels(marked), []));
	}
});

describe('completion of addresses', () => {
	const body = '<h2 id="tide">涨潮</h2><p id="a&amp;b">Second <b>place</b></p>';

	it('offers the ids of the article with their text', () => {
		const list = complete(`${HEAD}${body}<a href="${CURSOR}">x</a>`);
		assert.deepEqual(
			list.items.map(({ label, detail }) => [label, detail]),
			[
				['#tide', '涨潮'],
				['#a&b', 'Second place'],
			],
		);
	});

	it('finds them by text, and encodes them as an attribute', () => {
		assert.deepEqual(labels(`${HEAD}${body}<a href="潮${CURSOR}">x</a>`), ['#tide']);
		assert.equal(
			accept(`${HEAD}${body}<a href="sec${CURSOR}">x</a>`, '#a&b'),
			`${HEAD}${body}<a href="#a&amp;b">x</a>`,
		);
	});

	it('replaces the value, and no more where its quote is not closed yet', () => {
		assert.equal(
			accept(`${HEAD}${body}<a href="#t${CURSOR}ube" title="y">x</a>`, '#tide'),
			`${HEAD}${body}<a href="#tide" title="y">x</a>`,
		);
		assert.equal(
			accept(`${HEAD}${body}<a href="${CURSOR}<p class="z">x</p>`, '#tide'),
			`${HEAD}${body}<a href="#tide<p class="z">x</p>`,
		);
		assert.equal(
			accept(`${HEAD}${body}<a href="${CURSOR} title="y">x</a>`, '#tide'),
			`${HEAD}${body}<a href="#tide title="y">x</a>`,
		);
		assert.equal(accept(`${HEAD}${body}<a href=${CURSOR}>x</a>`, '#tide'), `${HEAD}${body}<a href="#tide">x</a>`);
	});

	it('offers a hundred at most, and says that there are more', () => {
		const many = Array.from({ length: 150 }, (_, index) => `<p id="p${index}">x</p>`).join('');
		const list = complete(`${HEAD}${many}<a href="${CURSOR}">x</a>`);
		assert.equal(list.items.length, 100);
		assert.equal(list.isIncomplete, true);
	});
});

describe('completion of archived articles', () => {
	const index = createIndex('file:///archive');
	for (const [name, title] of [
		['a.md', '运河上的渡轮'],
		['b.md', 'The east pier'],
	] as const) {
		const text = `<!--1-->\n[${title}](https://news.example/${name}?a=1&b=2)\n------\n\n<p>x</p>`;
		index.set(indexDocument(`file:///archive/articles/${name}`, 'file:///archive', parseDocument(text)));
	}

	function offered(marked: string): (string | undefined)[][] {
		const { service, document, offset } = open(marked);
		const position = document.positionAt(offset);
		assert.equal(service.writing.completesArticles(document, position), true);
		const list = service.writing.completion(document, position, OPTIONS, index);
		assert.equal(list.isIncomplete, true);
		return list.items.map(({ label, textEdit }) => [label, textEdit?.newText]);
	}

	it('finds one by a Chinese title, and inserts the address of its page', () => {
		assert.deepEqual(offered(`${HEAD}<p><a href="渡轮${CURSOR}">x</a></p>`), [
			['运河上的渡轮', 'https://news.example/a.md?a=1&amp;b=2'],
		]);
		assert.deepEqual(
			offered(`${HEAD}<p><a href="pier${CURSOR}">x</a></p>`).map(([label]) => label),
			['The east pier'],
		);
	});
});

describe('completion of notes', () => {
	it('offers the kinds at the start of a comment', () => {
		assert.deepEqual(labels(`${HEAD}<p>a<!--${CURSOR} --></p>`), [
			'check:',
			'edit:',
			'link:',
			'note:',
			'question:',
			'translate:',
		]);
		assert.equal(accept(`${HEAD}<p>a<!--${CURSOR} --></p>`, 'question:'), `${HEAD}<p>a<!-- question: $0 --></p>`);
		assert.equal(accept(`${HEAD}<p>a<!-- qu${CURSOR} --></p>`, 'question:'), `${HEAD}<p>a<!-- question: $0 --></p>`);
		assert.equal(accept(`${HEAD}<p>a<!-- ${CURSOR}`, 'note:'), `${HEAD}<p>a<!-- note: $0 -->`);
	});

	it('offers the tags of the article, the most used first', () => {
		const body = '<p>a<!-- note: x #tide #渡轮 --></p><p>b<!-- check: y #渡轮 --></p>';
		assert.deepEqual(labels(`${HEAD}${body}<p>c<!-- note: z #${CURSOR} --></p>`), ['#渡轮', '#tide']);
		assert.equal(
			accept(`${HEAD}${body}<p>c<!-- note: z #渡${CURSOR} --></p>`, '#渡轮'),
			`${HEAD}${body}<p>c<!-- note: z #渡轮 --></p>`,
		);
	});

	it('offers nothing in the words of a note', () => {
		assert.deepEqual(labels(`${HEAD}<p>a<!-- note: one ${CURSOR}two --></p>`), []);
	});
});
