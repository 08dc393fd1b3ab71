import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { type Hosts, startHosts } from '../hosts/hosts.ts';
import { waitFor } from './waitFor.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const ARTICLE = 'articles/tide.md';

describe('Markdown in articles and notes', () => {
	let hosts: Hosts;
	let folder: string;
	let workbench: Workbench | undefined;

	/** Returns a URL on a listening host that only this test knows. */
	const stranger = (name: string): string => hosts.secureUrl(`/picture/plain/${name}.png`, 'self-signed');
	const picture = (name: string): string => `![i](${stranger(name)})`;

	before(async () => {
		hosts = await startHosts({ secure: true });
		folder = join(await mkdtemp(join(tmpdir(), 'marginalia-markdown-')), 'archive');
		await mkdir(join(folder, dirname(ARTICLE)), { recursive: true });
		await writeFile(
			join(folder, ARTICLE),
			article(
				`Tide ${picture('title')}`,
				'tide',
				[
					`<p><a href="https://else.example/${picture('address')}">LINKED</a></p>`,
					'<p><a href="https://news.example/copy">COPIED</a></p>',
					`<p><mark>MARKED</mark><!-- question: Escaped \\\`${picture('escaped')}\\\` #x${picture('tag')} @me --></p>`,
					`<p><mark>PLAIN</mark><!-- note: In a note ${picture('plain')} --></p>`,
					'<p>Words BESIDE the note.</p>',
					`<figure><img src="${stranger('figure')}" alt="${picture('alt')}"><figcaption>FIGURE ${picture('caption')}</figcaption></figure>`,
				].join('\n'),
			),
		);
		await writeFile(join(folder, 'articles/copy.md'), article(`Copy ${picture('copy')}`, 'copy', '<p>x</p>'));
		await writeFile(join(folder, `${ARTICLE}.annotations.jsonld`), sidecar(`In a file \\\`${picture('sidecar')}\\\``));
	});
	after(async () => {
		await hosts.close();
		await removeFolder(dirname(folder));
	});
	beforeEach(() => hosts.forget());
	afterEach(async function () {
		if (this.currentTest?.state === 'failed')
			await workbench?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
		await workbench?.close();
		workbench = undefined;
	});

	/** Returns the names of the images requested so far. */
	const asked = (): string[] => hosts.seen.map(({ path }) => path.replace(/^.*\/|\.png$/g, ''));

	for (const trust of [true, false])
		it(`sends no requests when opened, listed, read and hovered over (${trust ? 'trusted' : 'restricted'})`, async () => {
			const shown = await openWorkbench({
				folder,
				trust,
				trustsHosts: true,
				theme: 'light',
				settings: {
					'security.workspace.trust.startupPrompt': 'never',
					'security.workspace.trust.banner': 'never',
					'comments.openView': 'never',
				},
			});
			workbench = shown;
			await shown.openFile(ARTICLE);
			await shown.languageIs('Article');
			await shown.runCommand('Marginalia: Show Annotations in the Archive');
			const rows = shown.page.locator('.comments-panel .monaco-list-row');
			await waitFor(
				async () => (await rows.allInnerTexts()).join('\n'),
				text => ['Escaped', 'In a note', 'In a file'].every(said => text.includes(said)),
				'the notes in the panel',
			);
			assert.deepEqual(asked(), []);

			await shown.openFile(ARTICLE);
			await shown.goTo({ line: 5, column: 1 });
			const bodies = shown.page.locator('.review-widget .comment-body');
			for (const said of ['Escaped', 'In a note', 'In a file']) {
				await shown.page.keyboard.press('Alt+F9');
				await bodies.filter({ hasText: said }).first().waitFor();
			}
			assert.equal(await bodies.locator('img').count(), 0);
			await shown.screenshot(`markdown-threads-${trust ? 'trusted' : 'restricted'}`);
			await shown.runCommand('Comments: Collapse All Comments');
			assert.deepEqual(asked(), []);

			for (const [place, says] of [
				['[Tide', /Tide !\[i\]/],
				['https://else.example/!', /!\[i\]/],
				['LINKED', /!\[i\]/],
				['COPIED', /Archived copy: Copy !\[i\]/],
				['MARKED', /Escaped `i`/],
				['question:', /Escaped `i`/],
				['PLAIN', /In a note i/],
				['BESIDE', /In a file `i`/],
			] as const)
				await shown.hover(place, says);
			await shown.dismissHover();
			assert.deepEqual(asked(), []);

			// In a trusted workspace, our own hover shows an image.
			const figure = await shown.hover('FIGURE', /FIGURE !\[i\]/);
			if (trust) await shown.hoverPicture();
			else assert.match(figure, /Not shown because the workspace is not trusted/);
			await shown.dismissHover();
			assert.deepEqual(asked(), trust ? ['figure'] : []);

			// An image in the window would have been requested.
			await shown.page.evaluate(async address => {
				const image = new Image();
				image.src = address;
				await image.decode();
			}, stranger('control'));
			assert.equal(asked().at(-1), 'control');
		});
});

function article(title: string, name: string, body: string): string {
	return `<!--1639640221000-->\n[${title}](https://news.example/${name})\n------\n\n${body}\n`;
}

function sidecar(said: string): string {
	const note = {
		id: 'urn:uuid:0b7f1a52-6d0e-4c57-9a55-0d6a4f3f2d10',
		type: 'Annotation',
		motivation: 'commenting',
		body: [{ type: 'TextualBody', purpose: 'commenting', format: 'text/markdown', value: said }],
		target: {
			source: 'https://news.example/tide',
			selector: [{ type: 'TextQuoteSelector', exact: 'BESIDE', prefix: 'Words ', suffix: ' the note.' }],
		},
	};
	const page = { type: 'AnnotationPage', startIndex: 0, items: [note] };
	return `${JSON.stringify({ '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'AnnotationCollection', total: 1, first: page })}\n`;
}
