import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../scripts/host/temporary.ts';
import type { AnnotationEdit } from '../../server/src/annotations/edit.ts';
import type { Annotation } from '../../server/src/annotations/model.ts';
import { parseSidecar } from '../../server/src/annotations/sidecar.ts';
import { repairsOf } from '../../server/src/annotations/sidecarRepair.ts';
import { changeSidecar } from '../../server/src/annotations/sidecarWriter.ts';
import { uuidOf } from '../../server/src/annotations/uuid.ts';
import { assertMeetsModel } from '../unit/annotations/w3c.ts';

const SUBJECT = { source: 'https://news.example/tide/', title: 'Tide' };

function annotation(name: string, said = name): Annotation {
	return { id: `urn:uuid:${uuidOf(name)}`, type: 'Annotation', target: SUBJECT.source, bodyValue: said };
}

const added = (name: string): AnnotationEdit => ({ before: undefined, after: annotation(name) });
const names = (who: string): readonly string[] => Array.from({ length: 20 }, (_, index) => `${who} ${index}`);

/** A git repository with a sidecar that two branches change. */
describe('sidecars in git', () => {
	let folder: string;
	let sidecar: string;
	const git = (...given: string[]): string =>
		execFileSync('git', ['-C', folder, ...given], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
	const read = (): string => readFileSync(sidecar, 'utf8');
	const commit = (...edits: AnnotationEdit[]): void => {
		const changed = changeSidecar(existsSync(sidecar) ? read() : undefined, edits, SUBJECT);
		if (changed.kind === 'changed') writeFileSync(sidecar, changed.text);
		git('add', '.');
		git('commit', '-qm', 'notes');
	};
	/** Merges two changes of the same notes; returns whether git found a conflict. */
	const merge = (
		base: readonly AnnotationEdit[],
		ours: readonly AnnotationEdit[],
		theirs: readonly AnnotationEdit[],
	): boolean => {
		writeFileSync(join(folder, '1.md'), 'An article.\n');
		if (base.length > 0) commit(...base);
		else git('add', '.');
		git('commit', '-qm', 'start', '--allow-empty');
		git('branch', 'theirs');
		commit(...ours);
		git('checkout', '-q', 'theirs');
		commit(...theirs);
		git('checkout', '-q', '-');
		try {
			git('merge', '-q', '-m', 'merge', 'theirs');
			return false;
		} catch {
			return true;
		}
	};
	/** The texts of all notes after the problems have been fixed, and these problems. */
	const repaired = (): { said: readonly unknown[]; faults: readonly string[] } => {
		const faults: string[] = [];
		let text = read();
		for (let [fault] = parseSidecar(text).faults; fault; [fault] = parseSidecar(text).faults) {
			faults.push(fault.kind);
			const [repair] = repairsOf(text, fault, SUBJECT);
			assert.ok(repair, fault.message);
			({ text } = repair);
		}
		assertMeetsModel(text);
		return { said: parseSidecar(text).annotations.map(one => one.annotation.bodyValue), faults: [...new Set(faults)] };
	};
	const sorted = (all: readonly unknown[]): readonly unknown[] => all.toSorted();

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-git-'));
		sidecar = join(folder, '1.md.annotations.jsonld');
		execFileSync('git', ['init', '-q', folder]);
		for (const [key, value] of [
			['user.name', 'A'],
			['user.email', 'a@a.example'],
			['commit.gpgsign', 'false'],
		] as const)
			git('config', key, value);
	});
	afterEach(() => removeFolder(folder));

	describe('with merge=union, as recommended in the documentation', () => {
		beforeEach(() => writeFileSync(join(folder, '.gitattributes'), '*.annotations.jsonld merge=union\n'));

		it('merge without a conflict, whatever notes both sides add, change and delete', () => {
			const [first = '', second = '', ...rest] = names('base');
			const conflict = merge(
				[first, second, ...rest].map(added),
				[...names('ours').map(added), { before: annotation(first), after: annotation(first, 'edited') }],
				[...names('theirs').map(added), { before: annotation(second), after: undefined }],
			);
			assert.equal(conflict, false);
			const { said, faults } = repaired();
			// A note deleted by one side can come back if the other side wrote next to it; none is ever lost.
			assert.deepEqual(
				sorted(said.filter(one => one !== second)),
				sorted(['edited', ...rest, ...names('ours'), ...names('theirs')]),
			);
			assert.ok(
				faults.every(kind => kind === 'comma'),
				faults.join(),
			);
		});

		it('merge without a conflict if both sides created the file', () => {
			assert.equal(merge([], names('ours').map(added), names('theirs').map(added)), false);
			assert.deepEqual(sorted(repaired().said), sorted([...names('ours'), ...names('theirs')]));
		});

		it('keep both versions of a note that both sides changed, until the user chooses', () => {
			const change = (said: string): AnnotationEdit => ({ before: annotation('a'), after: annotation('a', said) });
			assert.equal(merge([added('a'), added('b')], [change('ours')], [change('theirs')]), false);
			assert.equal(parseSidecar(read()).items.length, 3);
			const { said, faults } = repaired();
			assert.deepEqual([said.length, faults.includes('duplicate')], [2, true]);
		});
	});

	it('merge without merge=union if the notes are at different lines', () => {
		// The first two digits of an id determine its block.
		const [a, b, c, d] = ['0', '4', '8', 'c'].map(
			digit => names('x').find(name => annotation(name).id.startsWith(`urn:uuid:${digit}`)) ?? '',
		) as [string, string, string, string];
		assert.equal(merge([added(d)], [added(a), added(c)], [added(b)]), false);
		assertMeetsModel(read());
		assert.deepEqual(sorted(repaired().said), sorted([a, b, c, d]));
	});

	it('keep all notes of both sides after a quick fix of the merge conflict', () => {
		assert.equal(merge([added('a')], names('ours').map(added), names('theirs').map(added)), true);
		const { said, faults } = repaired();
		assert.deepEqual(sorted(said), sorted(['a', ...names('ours'), ...names('theirs')]));
		assert.equal(faults[0], 'conflict');
	});
});
