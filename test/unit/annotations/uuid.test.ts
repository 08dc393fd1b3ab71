import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uuidOf } from '../../../server/src/annotations/uuid.ts';
import { runs } from '../../support/runs.ts';
import { unicodeText } from '../../support/text.ts';

describe('UUID of a text', () => {
	it('never changes, since it is stored in files', () => {
		for (const [text, uuid] of [
			['', '52082eb4-71fd-809e-8178-6b9f5846adc6'],
			['a', 'df6e7c5d-88df-8937-ba5f-10dd4d9b6d92'],
			['潮水', '01087007-0e00-8c2f-8a8e-dcddb451466c'],
			['annotations of https://news.example/tide/', '4f131c06-7d60-8468-9954-c250b88775fe'],
			['0\nhttps://courier.example/潮 note: low tide 😀', '2d5d34a9-5c6e-84d5-9df3-a0919535c8f1'],
			['x'.repeat(1000), '98f75323-4199-849f-915d-a603fd04ccd6'],
		] as const)
			assert.equal(uuidOf(text), uuid, text);
	});

	it('has version 8, and differs between texts', () => {
		const seen = new Map<string, string>();
		fc.assert(
			fc.property(unicodeText(), text => {
				const uuid = uuidOf(text);
				assert.match(uuid, /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
				assert.equal(seen.get(uuid) ?? text, text);
				seen.set(uuid, text);
			}),
			{ numRuns: runs(2000) },
		);
	});
});
