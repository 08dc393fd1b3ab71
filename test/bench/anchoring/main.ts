/**
 * Measures anchoring on the articles of a folder: `node main.ts '{"folder": …, "perDamage": …, "seed": …}'`. Started by
 * `npm run bench -- --anchoring`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { createRandom } from '../random.ts';
import { reportCosts } from './costs.ts';
import { reportAnchoring } from './report.ts';
import { sourceOf } from './sources.ts';

const { folder, perDamage, seed } = JSON.parse(process.argv[2] ?? '{}') as {
	folder: string;
	perDamage: number;
	seed: number;
};
const paths = (await glob('articles/**/*.{md,txt}', { cwd: folder })).sort();
const sources = paths.flatMap(path => sourceOf(readFileSync(join(folder, path), 'utf8')) ?? []);
const typical = sources.reduce((a, b) => (Math.abs(b.text.length - 8000) < Math.abs(a.text.length - 8000) ? b : a));
console.log(`${sources.length} articles\n`);
console.log(await reportAnchoring(sources, perDamage, seed));
console.log(`\n${reportCosts(createRandom(seed), typical)}`);
