import { curve, n, type Point, repeat, svg } from './draw.ts';

const SKIN = '#3b1410';
const CUT = '#f3c46a';

const GLOW: ReadonlyArray<readonly [at: number, red: number, green: number, blue: number]> = [
	[0, 74, 29, 12],
	[0.35, 201, 122, 43],
	[0.68, 247, 199, 102],
	[1, 255, 233, 172],
];

/** The colour of the cloth: 0 is furthest from the lamp, 1 at it. */
function clothColour(at: number): string {
	const upper = Math.max(
		1,
		GLOW.findIndex(([stop]) => stop >= at),
	);
	const [from, to] = [GLOW[upper - 1], GLOW[upper]];
	if (!from || !to) throw new Error(`${at} is not between 0 and 1`);
	const share = (at - from[0]) / (to[0] - from[0]);
	const mix = (a: number, b: number): number => Math.round(a + (b - a) * share);
	return `rgb(${mix(from[1], to[1])} ${mix(from[2], to[2])} ${mix(from[3], to[3])})`;
}

/** The lit cloth, with the lamp low behind it, and figures cut from hide in front. */
function cloth(body: string): string {
	const steps = 26;
	// Rings of flat colour rather than a gradient, which a picture with a palette would store badly.
	const rings = repeat(steps, index => {
		const left = 1 - index / steps;
		return `<ellipse cx="400" cy="400" rx="${n(left * 580)}" ry="${n(left * 470)}" fill="${clothColour(index / (steps - 1))}"/>`;
	});
	const frame = '<path d="M0 0H800V600H0ZM26 22V566H774V22Z" fill="#1d0c07" fill-rule="evenodd"/>';
	return svg(
		720,
		540,
		'',
		`<g transform="scale(0.9)"><rect width="800" height="600" fill="${clothColour(0)}"/>${rings}${body}${frame}</g>`,
	);
}

/** Rows of waves, as the shadow theatre shows a river. */
function river(): string {
	return [462, 496, 530]
		.map((y, row) => {
			const shift = row % 2 === 0 ? 26 : -6;
			return repeat(
				13,
				index =>
					`<path d="M${shift + index * 58} ${y}q14-26 34-18q16 8 8 22q-6 8-14 2M${shift + index * 58} ${y + 12}q28-14 58 0" />`,
			);
		})
		.join('');
}

function waves(): string {
	return `<g fill="none" stroke="#2f4a4f" stroke-width="4" stroke-linecap="round">${river()}</g>`;
}

const BOAT = `<path d="M-230 4C-190 44 170 46 236-18C246-26 250-34 250-42C204-14 120-2 20 0S-190-2-248-34C-246-18-240-6-230 4Z" fill="${SKIN}"/><path d="M-210 14C-160 30 150 32 216-8" fill="none" stroke="${CUT}" stroke-width="4" stroke-dasharray="12 7"/><path d="M-120-4V-78Q-50-124 30-78V-2Z" fill="${SKIN}"/><path d="M-104-8V-70Q-50-104 16-70V-8Z" fill="#a8482a" opacity="0.85"/>${repeat(6, index => `<path d="M${-100 + index * 22}-8V-${82 + (index === 2 || index === 3 ? 10 : 0)}" stroke="${SKIN}" stroke-width="4"/>`)}<path d="M-104-40H16" stroke="${SKIN}" stroke-width="4"/>`;

/** A person seen from the side: hat, long sleeves, robe with a cut pattern. */
function person(x: number, y: number, robe: string, head: string): string {
	const pattern = repeat(
		4,
		index => `<path d="M${-20 + index * 3} ${-34 - index * 26}q12-9 24 0q-12 9-24 0Z" fill="${CUT}"/>`,
	);
	return `<g transform="translate(${x} ${y})"><path d="M-40 0C-34-50-30-92-22-128C-14-146 22-146 30-126C36-92 38-50 44 0Z" fill="${SKIN}"/><path d="M-30-8C-26-52-22-90-16-118C-8-130 16-130 22-116C28-88 30-48 34-8Z" fill="${robe}" opacity="0.85"/>${pattern}<path d="M-8-140C-14-170 4-186 22-182C34-178 34-170 32-164L40-152L32-150C32-142 24-136 12-138Z" fill="${SKIN}"/><path d="M12-168q8-4 14 0" stroke="${CUT}" stroke-width="3" fill="none"/><path d="M14-156q6 3 14 1" stroke="${CUT}" stroke-width="2.5" fill="none"/>${head}</g>`;
}

function rods(...from: Point[]): string {
	return from
		.map(
			([x, y]) =>
				`<path d="M${x} ${y}L${n(x + (x - 400) * 0.12)} 600" stroke="#2a0f0a" stroke-width="3" opacity="0.55"/>`,
		)
		.join('');
}

/** A boatman and a passenger with an umbrella. */
export function shadowBoat(): string {
	const hat = `<path d="M-34-168Q10-222 56-168Z" fill="${SKIN}"/><path d="M-22-172Q10-204 44-172" stroke="${CUT}" stroke-width="3" fill="none" stroke-dasharray="6 5"/>`;
	const bun = `<circle cx="-4" cy="-190" r="13" fill="${SKIN}"/><path d="M-12-206l22 22" stroke="${CUT}" stroke-width="3"/>`;
	const umbrella = `<g transform="translate(486 176)"><path d="M-96 0Q0-104 96 0Q80-10 64 0Q48-10 32 0Q16-10 0 0Q-16-10-32 0Q-48-10-64 0Q-80-10-96 0Z" fill="${SKIN}"/><path d="M-78-10Q0-86 78-10Q64-16 56-10Q44-18 30-10Q14-18 0-10Q-14-18-30-10Q-44-18-56-10Q-66-16-78-10Z" fill="#b5352a" opacity="0.9"/><path d="M0-68V-10M0-68L-40-12M0-68L40-12" stroke="${SKIN}" stroke-width="3"/><path d="M0 0L-22 150" stroke="${SKIN}" stroke-width="6"/></g>`;
	const body = `${waves()}${rods([300, 400], [470, 400], [240, 330])}<g transform="translate(390 430)">${BOAT}</g>${person(214, 420, '#3d6b4c', hat)}<path d="M224 300L300 344L306 336L240 286Z" fill="${SKIN}"/><path d="M322 246L232 560" stroke="${SKIN}" stroke-width="8"/><path d="M250 500L226 566L214 562L236 494Z" fill="${SKIN}"/>${person(520, 426, '#8c2f4a', bun)}<path d="M516 320L462 318L460 304L520 296Z" fill="${SKIN}"/>${umbrella}<path d="M620 92C636 74 664 78 668 98C690 96 700 112 690 124H612C600 114 606 96 620 92Z" fill="#a8602a" opacity="0.7"/>`;
	return cloth(body);
}

/** A rider with a banner on a rearing horse. */
export function shadowHorse(): string {
	const horse: Point[] = [
		[250, 372],
		[268, 330],
		[320, 312],
		[380, 306],
		[424, 270],
		[446, 214],
		[470, 178],
		[492, 150],
		[500, 172],
		[520, 186],
		[548, 216],
		[560, 236],
		[548, 250],
		[524, 246],
		[504, 242],
		[494, 268],
		[490, 306],
		[482, 340],
	];
	const belly: Point[] = [
		[482, 340],
		[452, 366],
		[400, 384],
		[344, 396],
		[322, 410],
	];
	const legs = `<path d="M470 330C506 322 536 316 560 330C572 340 566 362 556 386L542 382C546 362 548 350 540 346C516 346 490 356 462 368Z"/><path d="M556 384l-20-4l-6 22l22 4Z"/><path d="M452 352C484 362 510 374 520 396C524 414 508 428 494 442L484 432C496 418 502 410 498 404C484 390 458 384 436 384Z"/><path d="M498 440l-16-12l-14 18l18 12Z"/><path d="M262 350C236 384 244 412 268 430C262 462 256 486 250 516H272C282 486 292 456 296 428C300 412 310 404 322 396Z"/><path d="M248 512h30v20h-38Z"/><path d="M320 384C336 410 346 424 338 446C336 470 338 492 342 520H362C362 492 362 468 366 444C372 420 374 402 376 386Z"/><path d="M340 516h28v20h-38Z"/>`;
	const tail = `<path d="M254 346C206 330 176 360 168 410C162 446 176 472 160 500C200 484 206 450 208 422C210 394 224 378 252 376Z"/>`;
	const mane = repeat(6, index => `<path d="M${470 - index * 10} ${176 + index * 22}q-34-4-46 22q22-4 38 4Z"/>`);
	const tack = `<g fill="none" stroke="${CUT}" stroke-width="4"><path d="M508 190L520 244M546 216Q500 250 436 262" /><path d="M290 332Q330 372 318 400M430 282Q456 320 486 318" stroke-dasharray="10 6"/></g><circle cx="510" cy="196" r="5" fill="${CUT}"/>${repeat(4, index => `<path d="M${306 + index * 30} ${354 - index * 6}q12-10 24 0q-12 10-24 0Z" fill="${CUT}"/>`)}`;
	const saddle = `<path d="M338 310C352 292 410 292 430 282L424 340C400 356 366 356 346 346Z" fill="${SKIN}"/><path d="M350 316C364 304 404 304 418 298L414 334C396 344 370 346 356 338Z" fill="#2f6a58" opacity="0.95"/>`;
	const plume = `<path d="M382 130C396 96 430 88 452 98C432 102 412 112 400 138Z" fill="#b5352a"/>`;
	const rider = `<path d="M356 306C350 264 354 226 366 204C378 192 404 194 410 210C418 240 412 276 410 304C424 330 420 352 408 380L392 378C396 354 390 338 378 326Z" fill="${SKIN}"/><path d="M368 292C364 260 366 234 374 216C384 208 396 210 400 220C406 246 400 272 398 292Z" fill="#a33a2a" opacity="0.95"/><path d="M372 232h26M370 250h30M370 268h28" stroke="${CUT}" stroke-width="4" stroke-dasharray="7 5"/><path d="M374 198C366 172 376 150 396 150C412 150 416 162 414 172L422 184L414 188C414 196 406 202 392 200Z" fill="${SKIN}"/><path d="M370 160C372 138 392 126 408 138C412 146 412 154 412 160Z" fill="${SKIN}"/><path d="M378 154h30" stroke="${CUT}" stroke-width="4"/>${plume}<path d="M396 220L452 246L448 260L392 244Z" fill="${SKIN}"/>`;
	const banner = `<path d="M300 96L356 300" stroke="${SKIN}" stroke-width="7"/><path d="M302 98C250 84 220 118 158 102C170 130 152 154 176 182C230 196 262 160 324 178Z" fill="${SKIN}"/><path d="M298 112C252 100 224 130 178 120C184 138 174 152 188 168C230 176 262 146 312 160Z" fill="#b5352a" opacity="0.95"/><circle cx="246" cy="140" r="18" fill="none" stroke="${CUT}" stroke-width="5"/><path d="M374 224L338 236L344 250L380 250Z" fill="${SKIN}"/>`;
	const ground = `<path d="M26 536C150 520 300 540 420 530S660 520 774 536V566H26Z" fill="#5b2b16"/>${repeat(9, index => `<path d="M${60 + index * 84} 540q6-24 0-40M${60 + index * 84} 540q-8-14-20-22M${60 + index * 84} 540q10-14 22-20" stroke="${SKIN}" stroke-width="4" fill="none"/>`)}`;
	return cloth(
		`<g fill="#a8602a" opacity="0.6"><path d="M600 110C616 92 644 96 648 116C670 114 680 130 670 142H592C580 132 586 114 600 110Z"/><path d="M690 190q16-18 34 0q18 0 12 14h-54q-4-12 8-14Z"/></g>${ground}${rods([390, 330], [330, 240], [500, 300])}<g fill="${SKIN}"><path d="${curve(horse)}${curve(belly).replace('M', 'L')}L262 400Z"/>${legs}${tail}${mane}</g>${tack}${saddle}${banner}${rider}`,
	);
}

/** The boat with nobody in it. */
export function shadowEmptyBoat(): string {
	const body = `<circle cx="150" cy="130" r="54" fill="#fff2c6"/><circle cx="150" cy="130" r="54" fill="none" stroke="#c97a2b" stroke-width="3"/><path d="M96 168q40-16 70 0t66 2" stroke="#a8602a" stroke-width="6" fill="none"/>${waves()}${rods([340, 420], [500, 410])}<g transform="translate(430 430)">${BOAT}<path d="M-196-6L-256 92" stroke="${SKIN}" stroke-width="8"/><path d="M-240 62L-264 116L-276 110L-252 56Z" fill="${SKIN}"/></g><path d="M640 150q10-10 20 0q10-10 20 0M690 196q8-8 16 0q8-8 16 0M600 214q8-8 16 0q8-8 16 0" stroke="${SKIN}" stroke-width="4" fill="none"/>`;
	return cloth(body);
}

/** An anchor on a plain ground, square. */
export function anchor(): string {
	return svg(
		480,
		480,
		'',
		`<rect width="480" height="480" fill="#e8eef2"/><circle cx="240" cy="240" r="196" fill="#ffffff" stroke="#24486b" stroke-width="10"/><g fill="none" stroke="#24486b" stroke-width="22" stroke-linecap="round"><circle cx="240" cy="128" r="27"/><path d="M240 156V364M172 196H308"/><path d="M120 268C124 336 178 366 240 366S356 336 360 268"/></g><path d="M120 236L88 296H152ZM360 236L328 296H392Z" fill="#24486b"/>`,
	);
}
