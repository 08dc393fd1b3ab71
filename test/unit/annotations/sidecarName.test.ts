import assert from 'node:assert/strict';
import { articleOf, isSidecar, sidecarNameOf, sidecarOf } from '../../../server/src/annotations/sidecarName.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const FOLDER = 'file:///archive/articles';
const uriOf = (name: string): string => `${FOLDER}/${encodeURIComponent(name)}`;

describe('sidecar file name', () => {
	it('is the name of its article with an ending, up to the file name limit', () => {
		for (const name of ['1.md', '潮.md', `${'x'.repeat(233)}.md`, '潮'.repeat(78), 'a~0123456789.md'])
			assert.equal(sidecarNameOf(name), `${name}.annotations.jsonld`);
	});

	it('is short enough and unique for every valid article name', () => {
		const names = [
			...['x', '潮', '𝄞', 'é', '%'].flatMap(character =>
				Array.from({ length: 20 }, (_, less) => {
					const whole = character.repeat(Math.floor((255 - less) / bytes(character)));
					return [whole, `${whole.slice(character.length)}y`];
				}).flat(),
			),
		].filter(name => bytes(name) <= 255);
		const sidecars = new Map<string, string>();
		for (const name of names) {
			const sidecar = sidecarNameOf(name);
			assert.ok(bytes(sidecar) <= 255, `${bytes(sidecar)} bytes`);
			assert.ok(sidecar.endsWith('.annotations.jsonld') && isSidecar(uriOf(sidecar)), sidecar);
			assert.doesNotMatch(sidecar, /\p{Surrogate}/u);
			assert.equal(sidecarNameOf(name), sidecar);
			assert.equal(sidecars.get(sidecar) ?? name, name);
			sidecars.set(sidecar, name);
		}
		assert.ok([...sidecars].some(([sidecar, name]) => sidecar !== `${name}.annotations.jsonld`));
	});

	it('resolves to the article, regardless of how its URI is encoded', () => {
		for (const name of [
			'1.md',
			'潮'.repeat(85),
			`${'b'.repeat(252)}.md`,
			`${'%'.repeat(251)}.txt`,
			`(${'c'.repeat(250)}).md`,
		]) {
			const article = uriOf(name);
			const sidecar = sidecarOf(article);
			assert.ok(sidecar);
			assert.equal(articleOf(sidecar), article);
			assert.equal(articleOf(sidecar.replace('~', '%7E')), article);
			assert.equal(sidecarOf(sidecar), undefined);
		}
		const query = `gitlab:/p/${encodeURIComponent('潮'.repeat(84))}?ref=main`;
		assert.match(sidecarOf(query) ?? '', /~[0-9a-z]+\.annotations\.jsonld\?ref=main$/);
		assert.equal(articleOf(sidecarOf(query) ?? ''), query);
	});

	it('resolves to the shortened name if the article is unknown', () => {
		assert.equal(articleOf(`${FOLDER}/x~0123456789abc.annotations.jsonld`), `${FOLDER}/x~0123456789abc`);
	});
});
