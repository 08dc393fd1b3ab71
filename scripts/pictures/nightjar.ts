import { n, random, repeat, svg, text } from './draw.ts';

/** An open book with notes in its margins. */
export function margin(): string {
	const next = random(401);
	const lines = (x: number, count: number, y: number): string =>
		repeat(count, index => {
			const short = index % 7 === 6;
			const width = short ? 120 + next() * 110 : 288;
			return `<path d="M${x} ${y + index * 21}h${n(width)}"/>`;
		});
	const scrawl = (x: number, y: number, words: number): string => {
		let path = `M${x} ${y}`;
		for (let word = 0; word < words; word += 1) {
			const letters = 2 + Math.floor(next() * 4);
			for (let letter = 0; letter < letters; letter += 1)
				path += `q${n(2 + next() * 2)} ${n(-7 - next() * 6)} 4 0q2 ${n(4 + next() * 4)} 4 0`;
			path += 'm7 0';
		}
		return `<path d="${path}"/>`;
	};
	const hand = `<g transform="translate(92 372)" fill="#fffaf0" stroke="#b0302a" stroke-width="3" stroke-linejoin="round"><path d="M-44 30L-46-8L-14-14C-4-26 6-30 14-26L10-12H62C72-12 72 4 62 4H24C34 6 32 18 22 18C28 22 24 32 14 31C16 38 8 42-2 40Z"/><path d="M-62-12h16v48h-16z"/></g>`;
	const body = `<rect width="1000" height="667" fill="#6d5a4a"/>${repeat(9, index => `<path d="M0 ${40 + index * 76}q260 ${n(-14 + next() * 28)} 500 0t500 0" stroke="#64513f" stroke-width="5" fill="none"/>`)}<path d="M40 78Q270 40 500 84Q730 40 960 78V612Q730 578 500 618Q270 578 40 612Z" fill="#3d2f26" transform="translate(6 12)"/><path d="M44 70Q270 34 500 76V606Q270 566 44 600Z" fill="#fbf5e6"/><path d="M956 70Q730 34 500 76V606Q730 566 956 600Z" fill="#fffaf0"/><path d="M500 76V606Q470 596 440 590V66Q472 70 500 76Z" fill="#e6dcc6"/><path d="M500 76V606Q530 596 552 592V66Q528 70 500 76Z" fill="#eee5d2"/>
<g stroke="#8b8378" stroke-width="5" stroke-linecap="round">${lines(150, 21, 118)}${lines(560, 21, 118)}</g><path d="M150 118h200" stroke="#3a342c" stroke-width="9"/><path d="M560 265h288M560 286h210" stroke="#f3d36b" stroke-width="17" opacity="0.55"/>
<g fill="none" stroke="#b0302a" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"><path d="M138 176C128 176 130 200 130 212S126 226 120 228C126 230 130 234 130 246S128 284 138 284"/>${scrawl(62, 222, 2)}${scrawl(62, 244, 1)}<path d="M864 262C884 262 884 292 864 292"/>${scrawl(880, 268, 2)}${scrawl(880, 288, 1)}${scrawl(880, 308, 2)}<circle cx="706" cy="391" r="0"/><path d="M552 412q-6 8 0 16t0 16t0 16t0 16"/><ellipse cx="640" cy="517" rx="62" ry="15"/><path d="M702 514Q790 486 872 446"/>${scrawl(868, 430, 2)}${scrawl(868, 452, 1)}<path d="M150 518h172M150 523h150"/></g>${hand}
<g transform="translate(640 640) rotate(-17)"><path d="M0-11H270V11H0Z" fill="#d9a03a"/><path d="M0-11H270V-4H0Z" fill="#efc062"/><path d="M0-11L-42 0L0 11Z" fill="#ecd6b0"/><path d="M-30-3L-42 0L-30 3Z" fill="#2b2622"/><path d="M270-11H288V11H270Z" fill="#b9bcc0"/><path d="M288-11H312Q318 0 312 11H288Z" fill="#d4766f"/></g>`;
	return svg(1000, 667, '', body);
}

const VISITORS = [41.2, 42, 42.9, 43.7];

/** The bar chart of the museum's visitors, with its axis starting at `floor` (thousands). */
export function museumChart(floor: number): string {
	const top = floor === 0 ? 50 : 44;
	const y = (value: number): number => 400 - ((value - floor) / (top - floor)) * 320;
	const ticks = [0, 1, 2, 3, 4].map(tick => floor + ((top - floor) / 4) * tick);
	const colour = floor === 0 ? '#3f6c94' : '#b0443a';
	const grid = ticks
		.map(
			tick =>
				`<path d="M76 ${n(y(tick))}H610" stroke="#e1ddd2" stroke-width="1.5"/>${text(64, y(tick) + 6, 18, String(tick), { anchor: 'end', fill: '#6d675c' })}`,
		)
		.join('');
	const bars = VISITORS.map((value, index) => {
		const x = 118 + index * 126;
		return `<path d="M${x} ${n(y(value))}h76V400h-76z" fill="${colour}"/>${text(x + 38, y(value) - 10, 18, value.toFixed(1), { anchor: 'middle', fill: colour, weight: 700 })}${text(x + 38, 430, 19, String(2019 + index), { anchor: 'middle', fill: '#4d483f' })}`;
	}).join('');
	const body = `<rect width="640" height="480" fill="#fbf9f3"/>${text(76, 44, 21, 'Visitors, in thousands', { weight: 700, fill: '#2c2a26' })}${grid}${bars}<path d="M76 400H610" stroke="#2c2a26" stroke-width="2.5"/>`;
	return svg(640, 480, '', body);
}

/** A drawer of index cards; one stands out above the others, 3:2. */
export function indexCards(): string {
	const next = random(433);
	const cards = repeat(17, index => {
		const y = 150 + index * 17;
		const lean = n((next() - 0.5) * 3);
		const tab = 210 + ((index * 137) % 460);
		const colour = ['#c8503c', '#3f6c94', '#d9a441', '#4f7a52', '#8a5a83'][index % 5] ?? '#c8503c';
		const shade = ['#f7efdb', '#f2e7cd', '#fbf5e6'][index % 3] ?? '#f7efdb';
		const standing = index === 8;
		const card = standing
			? `<g transform="translate(0 -196)"><path d="M190 ${y}H770V${y + 230}H190Z" fill="#fffaf0" stroke="#c9b894" stroke-width="2"/><path d="M190 ${y + 34}H770" stroke="#d8776c" stroke-width="2.5"/>${repeat(4, line => `<path d="M190 ${y + 62 + line * 24}H770" stroke="#b8cbd8" stroke-width="1.5"/>`)}<g stroke="#34445c" stroke-width="3" fill="none" stroke-linecap="round"><path d="M212 ${y + 24}h150m12 0h96"/><path d="M212 ${y + 56}h84m10 0h120m10 0h62M212 ${y + 80}h150m10 0h74"/></g></g>`
			: `<path d="M${tab} ${y - 16}h92l8 18h-108z" fill="${colour}"/><path d="M190 ${y}H770V${y + 60}H190Z" fill="${shade}" stroke="#c9b894" stroke-width="1.5"/>`;
		return `<g transform="rotate(${lean} 480 ${y})">${card}</g>`;
	});
	const grain = repeat(
		26,
		() =>
			`<path d="M${n(110 + next() * 120)} ${n(452 + next() * 150)}q${n(160 + next() * 200)} ${n(-8 + next() * 16)} ${n(460 + next() * 120)} 0" stroke="#7b4f2e" stroke-width="2" fill="none" opacity="0.4"/>`,
	);
	const body = `<rect width="960" height="640" fill="#39424a"/><path d="M0 470H960V640H0Z" fill="#2c343b"/><path d="M128 110H832L866 448H94Z" fill="#5e3b22"/><path d="M160 120H800L822 448H138Z" fill="#2d1c10"/>${cards}<path d="M128 110L160 120L138 448H94Z" fill="#8a5a34"/><path d="M832 110L800 120L822 448H866Z" fill="#774b2a"/><path d="M84 440H876V606H84Z" fill="#97643a"/>${grain}<path d="M84 440H876V452H84Z" fill="#b47c4b"/><path d="M372 486H588V542H372Z" fill="#c9a55a"/><path d="M382 495H578V533H382Z" fill="#fbf3dc"/>${text(480, 522, 22, 'A – Z', { anchor: 'middle', fill: '#4b3a24', family: 'DejaVu Serif, Georgia, serif' })}<path d="M440 560q40 34 80 0" stroke="#c9a55a" stroke-width="11" fill="none" stroke-linecap="round"/>`;
	return svg(960, 640, '', body);
}
