import { greatest } from '../article/lists.ts';
import { cutName, nameFrom, trimName, withoutDevice } from '../util/fileName.ts';
import { groupBy } from '../util/groups.ts';
import { decodePercent } from '../util/uri.ts';

/** What the name of an article's file is made of. */
export interface Named {
	readonly title: string;
	/** The page that it was taken from; `undefined` if there is none. */
	readonly source: string | undefined;
	/** When it was published, or else filed, in milliseconds since the Unix epoch; `undefined` if unknown. */
	readonly published: number | undefined;
	/** The day of publication where it was published, as `yyyy-mm-dd`, if that is known. */
	readonly day?: string;
}

/** An article of the archive, with the name of its file. */
export interface Example extends Named {
	readonly name: string;
}

/** The part of a name before the title. */
interface Prefix {
	readonly kind: 'day' | 'number' | 'none';
	/** As written; the separator of year, month and day is that of the pattern. */
	readonly text: string;
	readonly separator: string;
}

/** A name, in parts. */
interface Parts {
	readonly prefix: Prefix;
	/** What is between prefix and title. */
	readonly joint: string;
	/** The title, in whatever form; empty if there is none. */
	readonly rest: string;
	/** With its dot. */
	readonly extension: string;
}

/** The ways in which titles become names. */
type Form = 'title' | 'clause' | 'slug' | 'address';

/** How the files of a source are named. */
export interface NamePattern {
	readonly prefix: Prefix['kind'];
	/** Between year, month and day. */
	readonly separator: string;
	/** The offset of days from UTC in milliseconds; `undefined` if that is not known. */
	readonly zone: number | undefined;
	/** Whether the number is the last one in the URL of the source. */
	readonly fromAddress: boolean;
	readonly joint: string;
	readonly titled: boolean;
	readonly form: Form;
	/** The length at which titles are cut, in UTF-16 units. */
	readonly longest: number | undefined;
	readonly extension: string;
}

/** The names of an archive without articles: `2026-11-30_Title.md`. */
export const FIRST_NAMES: NamePattern = {
	prefix: 'day',
	separator: '-',
	zone: undefined,
	fromAddress: false,
	joint: '_',
	titled: true,
	form: 'title',
	longest: undefined,
	extension: '.md',
};

/** The offset of the days in lists, and in the names of most archives. */
export const UTC_8 = 8 * 60 * 60 * 1000;

/** A name must leave room for that of a sidecar, and for a number that makes it unique. */
const MAX_NAME_BYTES = 230;

/** Splits a file name. */
export function partsOf(name: string): Parts {
	const extension = /\.[a-z\d]{1,8}$/i.exec(name)?.[0] ?? '';
	const stem = name.slice(0, name.length - extension.length);
	const day = /^((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/.exec(stem);
	const text = day?.[0] ?? /^\d+(?=[-_. ]|$)/.exec(stem)?.[0] ?? '';
	const kind = day ? 'day' : text === '' ? 'none' : 'number';
	const joint = text === '' ? '' : (/^[-_. ]+/.exec(stem.slice(text.length))?.[0] ?? '');
	return {
		prefix: { kind, text, separator: day?.[2] ?? '' },
		joint,
		rest: stem.slice(text.length + joint.length),
		extension,
	};
}

/** Learns how files are named from those that are there, the latest first; the most common way wins. */
export function learnNames(examples: readonly Example[]): NamePattern | undefined {
	const parted = examples.map(example => ({ ...example, parts: partsOf(example.name) }));
	const groups = groupBy(parted, ({ parts: { prefix, joint, rest, extension } }) =>
		JSON.stringify([prefix.kind, prefix.separator, joint, rest !== '', extension]),
	);
	const alike = mostOf([...groups.values()], group => group.length);
	const first = alike?.[0]?.parts;
	if (!alike || !first) return undefined;
	const titles = alike.map(({ parts, ...example }) => ({ ...example, rest: parts.rest }));
	const numbers = alike.filter(({ parts, source }) => lastNumber(source) === parts.prefix.text).length;
	const form = formOf(titles);
	return {
		prefix: first.prefix.kind,
		separator: first.prefix.separator,
		zone: first.prefix.kind === 'day' ? zoneOf(alike) : undefined,
		fromAddress: first.prefix.kind === 'number' && numbers * 2 > alike.length,
		joint: first.joint,
		titled: first.rest !== '',
		form,
		longest: form === 'title' ? longestOf(titles) : undefined,
		extension: first.extension,
	};
}

/**
 * Names a file.
 *
 * @param number for names that begin with one
 * @param localDay the day of a time where the user is, as `yyyy-mm-dd`
 */
export function nameOf(
	pattern: NamePattern,
	{ title, source, published, day }: Named,
	number: string,
	localDay: (time: number) => string,
): string {
	const { prefix, zone, form, longest, extension } = pattern;
	let start = '';
	if (prefix === 'number') start = number;
	else if (prefix === 'day' && published !== undefined)
		start = (day ?? (zone === undefined ? localDay(published) : dayAt(published, zone))).replaceAll(
			'-',
			pattern.separator,
		);
	const words = pattern.titled || start === '' ? written(form, title, source) : '';
	const cut =
		longest === undefined
			? words
			: words
					.slice(0, longest)
					.replace(/[\ud800-\udbff]$/, '')
					.trimEnd();
	const stem = [start, cut].filter(part => part !== '').join(start === '' ? '' : pattern.joint) || 'untitled';
	return withoutDevice(trimName(cutName(stem, MAX_NAME_BYTES - extension.length))) + extension;
}

/** The last number in the path and query of a URL. */
export function lastNumber(source: string | undefined): string | undefined {
	if (source === undefined || !URL.canParse(source)) return undefined;
	const { pathname, search } = new URL(source);
	return /(\d+)\D*$/.exec(decodePercent(pathname + search))?.[1];
}

function dayAt(time: number, zone: number): string {
	const date = new Date(time + zone);
	return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

/** The offset from UTC by which the days of names are those of the articles; `undefined` if none is more likely. */
function zoneOf(examples: readonly (Named & { readonly parts: Parts })[]): number | undefined {
	const right = (zone: number): number =>
		examples.filter(
			({ published, parts: { prefix } }) =>
				published !== undefined && dayAt(published, zone).replaceAll('-', prefix.separator) === prefix.text,
		).length;
	const [utc, east] = [right(0), right(UTC_8)];
	return utc === east ? undefined : utc > east ? 0 : UTC_8;
}

/** The way in which most titles became names. */
function formOf(examples: readonly (Named & { readonly rest: string })[]): Form {
	const score = (form: Form): number =>
		examples.filter(({ rest, title, source }) => {
			const [name, whole] = [fold(rest), fold(nameIn(form, title, source) ?? '')];
			return name !== '' && (name === whole || (form === 'title' && name.length > 20 && whole.startsWith(name)));
		}).length;
	const forms = ['title', 'clause', 'address', 'slug'] as const;
	const likely = mostOf(forms, score) ?? 'title';
	if (score(likely) > 0) return likely;
	const slugs = examples.filter(({ rest }) => /^[a-z\d]+(?:[-_][a-z\d]+)*$/.test(rest)).length;
	return slugs * 2 > examples.length ? 'address' : 'title';
}

/** The length at which titles are cut, if several are cut at one length and none is longer. */
function longestOf(examples: readonly (Named & { readonly rest: string })[]): number | undefined {
	const lengths = examples.flatMap(({ rest, title }) => {
		const whole = fold(nameFrom(title));
		const isCut = rest !== '' && fold(rest).length < whole.length && whole.startsWith(fold(rest));
		return isCut ? [rest.length] : [];
	});
	const longest = greatest(examples.map(({ rest }) => rest.length));
	return lengths.filter(length => length >= longest - 1).length > 1 ? longest : undefined;
}

/** For comparison: names may be written with the characters that Windows does not allow, titles with others. */
function fold(text: string): string {
	return nameFrom(text).normalize('NFKC').toLowerCase();
}

/** A title as part of a name: in a form, or in another one if that yields nothing. */
function written(form: Form, title: string, source: string | undefined): string {
	const forms: readonly Form[] =
		form === 'address' || form === 'slug' ? [form, 'slug', 'title', 'address'] : [form, 'title', 'address'];
	for (const one of forms) {
		const name = nameIn(one, title, source);
		if (name !== undefined && name !== '') return name;
	}
	return '';
}

function nameIn(form: Form, title: string, source: string | undefined): string | undefined {
	switch (form) {
		case 'title':
			return nameFrom(title);
		case 'clause':
			return nameFrom(title.trim().split(/(?<=.)(?:[，。：；！？、（｜|]|[,.:;!?(]\s|\s[-–—|]\s)/u, 1)[0] ?? '');
		case 'slug':
			return nameFrom(title)
				.toLowerCase()
				.replace(/['’]/g, '')
				.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
				.replace(/^-+|-+$/g, '');
		case 'address':
			return wordsOf(source);
	}
}

/** The last part of a URL's path that has words, without an extension. */
function wordsOf(source: string | undefined): string | undefined {
	if (source === undefined || !URL.canParse(source)) return undefined;
	const last = new URL(source).pathname
		.split('/')
		.map(part => decodePercent(part).replace(/\.[a-z]{2,5}$/i, ''))
		.findLast(part => part !== '');
	return last !== undefined && /\p{L}{2}/u.test(last) ? nameFrom(last) : undefined;
}

/** The first of the things with the highest score; `undefined` if there are none. */
export function mostOf<T>(things: readonly T[], score: (thing: T) => number): T | undefined {
	let [best, most] = [undefined as T | undefined, Number.NEGATIVE_INFINITY];
	for (const thing of things) {
		const value = score(thing);
		if (value > most) [best, most] = [thing, value];
	}
	return best;
}
