import assert from 'node:assert/strict';
import { createIndex } from '../../server/src/archive/archive.ts';
import { type IndexEntry, indexDocument } from '../../server/src/archive/entry.ts';
import { fileArticle } from '../../server/src/archive/filing.ts';
import { type Example, learnNames, nameOf, partsOf } from '../../server/src/archive/namePattern.ts';
import { parseDocument } from '../../server/src/article/article.ts';
import { nameFrom } from '../../server/src/util/fileName.ts';
import { displayName, folderOf, joinUri } from '../../server/src/util/uri.ts';
import { corpusFiles } from './corpus.ts';

const ROOT = 'file:///archive';
const files = corpusFiles();

/** Compares what real articles are called with what they would have been called. */
describe('filing of real articles', () => {
	const archive = createIndex(ROOT);
	const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
	/** A name with the characters that Windows does not allow as they are made. */
	const allowed = (name: string): string => nameFrom(name.replace(/\.md$/, ''));
	let articles: readonly IndexEntry[] = [];

	before(function () {
		if (files.length === 0) {
			console.log('    ../shared/corpus is not here: its tests are skipped');
			this.skip();
		}
		for (const { path, text } of files) archive.set(indexDocument(joinUri(ROOT, path), ROOT, parseDocument(text)));
		articles = [...archive.entries()].filter(({ kind }) => kind === 'article');
	});

	it('finds the folder and the list of nearly all, and the names of those that are named by day', () => {
		const found = { folders: 0, lists: 0, days: 0 };
		const byDay = articles.filter(({ uri }) => partsOf(displayName(uri)).prefix.kind === 'day');
		for (const entry of articles) {
			const { uri, title, source, published } = entry;
			archive.delete(uri);
			const filing = fileArticle(archive, { title: title?.value ?? '', source: source?.value, published }, ROOT, day);
			archive.set(entry);
			if (filing.folder === folderOf(uri)) found.folders++;
			if (filing.list && displayName(filing.list) === `${displayName(folderOf(uri))}.md`) found.lists++;
			if (byDay.includes(entry) && allowed(filing.name) === allowed(displayName(uri))) found.days++;
		}
		console.log(
			`    ${found.folders} folders and ${found.lists} lists of ${articles.length}, ${found.days} names of ${byDay.length}`,
		);
		assert.ok(Math.min(found.folders, found.lists) >= articles.length * 0.97);
		assert.ok(found.days >= byDay.length * 0.97);
	});

	it('names nearly all the same, given the number of those that have one', () => {
		const examples = articles.map(({ uri, title, source, published }): Example & { readonly folder: string } => ({
			...{ folder: folderOf(uri), name: displayName(uri) },
			...{ title: title?.value ?? '', source: source?.value, published },
		}));
		let [same, sameOnWindows] = [0, 0];
		for (const example of examples) {
			const { kind, text } = partsOf(example.name).prefix;
			const alike = examples.filter(one => one !== example && partsOf(one.name).prefix.kind === kind);
			const beside = alike.filter(({ folder }) => folder === example.folder);
			const pattern = learnNames(beside.length > 0 ? beside : alike);
			const name = pattern && nameOf(pattern, example, text, day);
			if (name === example.name) same++;
			if (name !== undefined && allowed(name) === allowed(example.name)) sameOnWindows++;
		}
		console.log(
			`    ${same} of ${examples.length} names, ${sameOnWindows} but for characters that Windows does not allow`,
		);
		assert.ok(sameOnWindows >= examples.length * 0.99);
	});
});
