import { createRandom } from '../random.ts';
import { formatMs, formatTable } from '../table.ts';
import { makeCase } from './cases.ts';
import { marginalia, plain, together } from './contenders.ts';
import { DAMAGES } from './damages.ts';
import type { Source } from './sources.ts';
import { count, emptyTally, type Tally } from './tally.ts';

/** The results of each contender for a set of cases. */
interface Compared {
	readonly alone: Tally;
	readonly together: Tally;
	readonly plain: Tally;
}

const CONTENDERS = { alone: marginalia, together, plain } as const;

const LENGTHS: readonly (readonly [most: number, name: string])[] = [
	[3, '1 to 3 characters'],
	[10, '4 to 10'],
	[30, '11 to 30'],
	[100, '31 to 100'],
	[Number.POSITIVE_INFINITY, 'more'],
];

/**
 * Damages articles in all ways and anchors quotes in the results.
 *
 * @param perDamage cases to attempt for each kind of damage
 * @returns formatted tables
 */
export async function reportAnchoring(sources: readonly Source[], perDamage: number, seed: number): Promise<string> {
	const [first, ...rest] = sources;
	if (!first) return 'No article has enough text.';
	const random = createRandom(seed);
	const byDamage = new Map<string, Compared>();
	const all = compared();
	const groups = new Map<string, Tally>();
	for (const [damage, [name]] of DAMAGES.entries()) {
		const tallies = compared();
		byDamage.set(name, tallies);
		for (let index = 0; index < perDamage; index++) {
			const made = makeCase(random, random.pick([first, ...rest]), damage);
			if (!made) continue;
			for (const contender of ['alone', 'together', 'plain'] as const) {
				const answer = await CONTENDERS[contender](made);
				for (const to of [tallies, all]) count(to[contender], made, answer);
				if (contender !== 'alone') continue;
				const length = made.quoted.end - made.quoted.start;
				const language = made.language === 'zh' ? 'Chinese' : 'English';
				for (const group of [language, LENGTHS.find(([most]) => length <= most)?.[1] ?? '', answer.state]) {
					const to = groups.get(group) ?? emptyTally();
					groups.set(group, to);
					count(to, made, answer);
				}
			}
		}
	}
	return [damageTable(byDamage, all), groupTable(groups, all.alone)].join('\n\n');
}

function compared(): Compared {
	return { alone: emptyTally(), together: emptyTally(), plain: emptyTally() };
}

function share(part: number, whole: number): string {
	return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Formats the number of wrong places reported as exact or moved, and of those reported as changed. */
function mistakes({ wrong, wrongChanged }: Tally): string {
	return `${wrong} + ${wrongChanged}`;
}

function damageTable(byDamage: ReadonlyMap<string, Compared>, all: Compared): string {
	const head = ['', 'cases', 'exact', 'moved', 'changed', 'ambiguous', 'orphan'];
	const row = (name: string, { alone, together, plain }: Compared): string[] => [
		name,
		String(alone.cases),
		...Object.values(alone.states).map(String),
		...[alone, together, plain].flatMap(tally => [mistakes(tally), share(tally.found, tally.due), meanOf(tally.times)]),
	];
	return formatTable([
		[...head, 'wrong', 'found', 'ms', '7 notes: wrong', 'found', 'ms', 'plain: wrong', 'found', 'ms'],
		...[...byDamage].map(([name, tallies]) => row(name, tallies)),
		row('all', all),
	]);
}

function groupTable(groups: ReadonlyMap<string, Tally>, all: Tally): string {
	const row = (name: string, tally: Tally): string[] => {
		const times = tally.times.toSorted((a, b) => a - b);
		const at = (part: number): string => formatMs(times[Math.floor((times.length - 1) * part)] ?? Number.NaN);
		const { exact, moved, changed } = tally.states;
		return [
			name,
			String(tally.cases),
			share(tally.found, tally.due),
			`${tally.wrong} of ${exact + moved}`,
			`${tally.wrongChanged} of ${changed}`,
			meanOf(times),
			at(0.5),
			at(0.99),
			at(1),
		];
	};
	const names = ['Chinese', 'English', ...LENGTHS.map(([, name]) => name), ...Object.keys(all.states)];
	return formatTable([
		['', 'cases', 'found', 'exact, moved: wrong', 'changed: wrong', 'ms', 'median', '99th', 'longest'],
		...names.flatMap(name => {
			const group = groups.get(name);
			return group ? [row(name, group)] : [];
		}),
		row('all', all),
	]);
}

function meanOf(times: readonly number[]): string {
	return times.length === 0 ? '' : formatMs(times.reduce((sum, time) => sum + time, 0) / times.length);
}
