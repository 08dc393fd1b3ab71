import { curve, glow, hills, n, type Point, polyline, random, repeat, ripples, svg, text, vertical } from './draw.ts';

/** The harbour of Saltmere at dusk, 3:2. */
export function harbour(): string {
	const next = random(11);
	const sky = vertical('sky', [
		[0, '#16243f'],
		[45, '#3f5878'],
		[75, '#c58b7b'],
		[92, '#f4bd82'],
		[100, '#ffe0a6'],
	]);
	const sea = vertical('sea', [
		[0, '#e0a67a'],
		[18, '#8c7480'],
		[55, '#36506a'],
		[100, '#14233a'],
	]);
	const clouds = repeat(16, index => {
		const y = 90 + index * 20 + next() * 24;
		const colour = index < 7 ? '#6d7c97' : '#f6c9a0';
		return `<ellipse cx="${n(next() * 1200)}" cy="${n(y)}" rx="${n(110 + next() * 190)}" ry="${n(5 + next() * 9)}" fill="${colour}" opacity="0.4"/>`;
	});
	const crane = (x: number, scale: number): string =>
		`<g transform="translate(${x} 478) scale(${scale})" stroke="#1d2a3f" stroke-width="5" fill="none"><path d="M0 0L18-150M60 0L42-150M8-60H52M4-100H56M30-150V-205M-70-178H180M30-205L180-178M30-205L-70-178M150-178V-96"/><path d="M10-150H50V-178H10Z" fill="#1d2a3f"/><path d="M-66-178v26h22v-26" fill="#1d2a3f"/></g>`;
	const quay = `<path d="M0 452H360L392 492H0Z" fill="#1d2a3f"/>${repeat(11, index => `<path d="M${20 + index * 31} ${428 - ((index * 37) % 26)}h${22}v40h-22z" fill="#223049"/>`)}${repeat(9, index => `<rect x="${n(26 + index * 37)}" y="${n(444 + (index % 3) * 4)}" width="4" height="5" fill="#ffd98a"/>`)}`;
	const breakwater = `<path d="M560 486C700 462 900 452 1200 444V520H620C600 512 575 500 560 486Z" fill="#202c40"/><path d="M560 486C700 462 900 452 1200 444" stroke="#54627a" stroke-width="4" fill="none"/>`;
	const lighthouse = `<g transform="translate(668 468)"><path d="M-22 0L-14-168H14L22 0Z" fill="#d9d2c6"/><path d="M0 0L3-168H14L22 0Z" fill="#8c8791"/><path d="M-19.5-52L-17.2-96H17.200L19.5-52Z" fill="#a8463a"/><path d="M2-52L3-96H17.200L19.5-52Z" fill="#7b3434"/><path d="M-22-168H22V-174H-22Z" fill="#20293a"/><path d="M-12-174V-200H12V-174Z" fill="#ffe9a8"/><path d="M-12-174V-200M-4-174V-200M4-174V-200M12-174V-200" stroke="#20293a" stroke-width="2"/><path d="M-16-200H16L0-222Z" fill="#20293a"/></g>`;
	const hut = `<g transform="translate(716 462)"><path d="M0 0V-34H50V0Z" fill="#2f2a30"/><path d="M-6-34L25-54L56-34Z" fill="#1c1b24"/><rect x="16" y="-26" width="15" height="14" fill="#ffcf70"/><path d="M23.5-26v14M16-19h15" stroke="#2f2a30" stroke-width="1.5"/></g>`;
	const boat = `<path d="M-92-6C-60 10 50 12 96-14L80 22H-70Z" fill="#17202f"/><path d="M-92-6C-60 10 50 12 96-14" stroke="#b0543f" stroke-width="5" fill="none"/><path d="M-52 2V-44H4V4Z" fill="#e6dccb"/><path d="M-58-44H10V-51H-58Z" fill="#17202f"/><rect x="-44" y="-36" width="14" height="14" fill="#ffd98a"/><rect x="-22" y="-36" width="14" height="14" fill="#ffd98a"/><path d="M30 6V-150M30-146L92-16M30-146L-56-51M30-96L74-118" stroke="#17202f" stroke-width="3.5" fill="none"/><circle cx="30" cy="-152" r="4" fill="#fff2c4"/>`;
	const posts = repeat(6, index => {
		const x = 905 + index * 58;
		const top = 610 - index * 16;
		return `<path d="M${x} 800V${top}c0-8 26-8 26 0V800Z" fill="#0d1626"/><ellipse cx="${x + 13}" cy="${top}" rx="13" ry="5" fill="#2a3850"/>`;
	});
	const rope = `<path d="M918 640Q948 690 976 624T1034 608T1092 592T1150 576T1208 560" stroke="#0d1626" stroke-width="6" fill="none"/>`;
	const gulls = repeat(7, index => {
		const x = 420 + index * 52 + next() * 60;
		const y = 150 + next() * 150;
		return `<path d="M${n(x)} ${n(y)}q9-9 16 0q8-9 17-1" stroke="#1d2a3f" stroke-width="2.5" fill="none"/>`;
	});
	const body = `<rect width="1200" height="480" fill="url(#sky)"/><g filter="url(#soft)">${clouds}</g><circle cx="330" cy="440" r="330" fill="url(#sun)"/><circle cx="330" cy="444" r="34" fill="#fff3cf"/>${hills(4, 1200, 444, 46, 490, '#6a6b84')}${hills(9, 1200, 462, 30, 490, '#464f6b')}${gulls}
<rect y="476" width="1200" height="324" fill="url(#sea)"/>${ripples(5, 260, { x: 0, y: 482, width: 1200, height: 318 }, '#f6d2a4')}${ripples(6, 150, { x: 0, y: 500, width: 1200, height: 300 }, '#0d1a2e')}${ripples(7, 110, { x: 270, y: 482, width: 120, height: 310 }, '#fff0c6')}
${crane(96, 1)}${crane(238, 0.74)}${quay}${breakwater}${lighthouse}${hut}<circle cx="668" cy="281" r="150" fill="url(#lamp)"/><path d="M668 281L1200 214V300Z" fill="#fff1bd" opacity="0.12"/><circle cx="740" cy="443" r="34" fill="url(#window)"/>
${ripples(8, 46, { x: 640, y: 506, width: 60, height: 190 }, '#fff0c0')}${ripples(9, 24, { x: 724, y: 500, width: 30, height: 120 }, '#ffc765')}
<g transform="translate(470 600)"><g transform="scale(1 -0.55) translate(0 -44)" opacity="0.35" filter="url(#soft)">${boat}</g>${boat}</g>${ripples(12, 40, { x: 380, y: 622, width: 190, height: 60 }, '#f6d2a4')}${rope}${posts}`;
	const defs = `${sky}${sea}${glow('sun', '#ffd28a', 0.9)}${glow('lamp', '#fff3c0', 0.9)}${glow('window', '#ffc765', 0.8)}<filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="5 2"/></filter>`;
	return svg(1200, 800, defs, body);
}

/** The night ferry under a crescent moon, 3:2. */
export function ferry(): string {
	const next = random(23);
	const stars = repeat(
		90,
		() =>
			`<circle cx="${n(next() * 900)}" cy="${n(next() ** 1.3 * 290)}" r="${n(0.5 + next() * 1.1)}" fill="#dfe9ff" opacity="${(0.3 + next() * 0.7).toFixed(2)}"/>`,
	);
	const windows = (y: number, from: number, count: number, step: number): string =>
		repeat(
			count,
			index =>
				`<rect x="${from + index * step}" y="${y}" width="${step - 9}" height="15" rx="2" fill="${index % 5 === 3 ? '#f2b25a' : '#ffdc8c'}"/>`,
		);
	const hull = `<path d="M-250 0H262C252 34 236 52 214 60H-214C-236 48-246 30-250 0Z" fill="#8f2f2b"/><path d="M-250 0H262L256 18H-247Z" fill="#f0e7d6"/><path d="M-205 0V-44H196L214 0Z" fill="#e9e2d3"/><path d="M-170-44V-84H128L146-44Z" fill="#d8d3c8"/><path d="M66-84V-118H124L138-84Z" fill="#eee7d8"/><rect x="74" y="-110" width="48" height="13" fill="#bfe0ea"/><path d="M-96-84V-142H-44V-84Z" fill="#a8403a"/><path d="M-96-126H-44V-112H-96Z" fill="#e3b04b"/><path d="M96-118V-176M96-160L150-84M-205-44V-64H-178" stroke="#cfd6dc" stroke-width="3" fill="none"/><circle cx="96" cy="-178" r="4" fill="#fff"/><circle cx="208" cy="-6" r="5" fill="#59e08b"/>${windows(-33, -190, 13, 29)}${windows(-74, -156, 9, 30)}`;
	const reflections = repeat(60, index => {
		const x = 268 + (index % 20) * 20 + next() * 8;
		const y = 418 + next() ** 1.4 * 130;
		return `<path d="M${n(x)} ${n(y)}h${n(6 + next() * 26)}" stroke="#ffcf7a" stroke-width="${n(2 + next() * 2)}" stroke-linecap="round" opacity="${(0.2 + next() * 0.45).toFixed(2)}"/>`;
	});
	const sky = vertical('sky', [
		[0, '#060d20'],
		[60, '#12284a'],
		[100, '#2c4c70'],
	]);
	const sea = vertical('sea', [
		[0, '#24415f'],
		[40, '#102640'],
		[100, '#050d1c'],
	]);
	const body = `<rect width="900" height="350" fill="url(#sky)"/>${stars}<circle cx="722" cy="104" r="120" fill="url(#moon)"/><path d="M704 62a44 44 0 1 0 48 64a36 36 0 1 1-48-64Z" fill="#fff6d6"/>${hills(31, 900, 344, 34, 360, '#0b1930')}${repeat(7, index => `<circle cx="${66 + index * 23 + (index % 3) * 9}" cy="${338 - (index % 2) * 6}" r="1.8" fill="#ffd98a"/>`)}<rect y="346" width="900" height="254" fill="url(#sea)"/>${ripples(41, 150, { x: 0, y: 352, width: 900, height: 248 }, '#7fa3c4')}${ripples(42, 60, { x: 692, y: 352, width: 70, height: 236 }, '#fff2c8')}<ellipse cx="460" cy="424" rx="300" ry="10" fill="#030a16" opacity="0.6"/><g transform="translate(450 366)">${hull}</g>${reflections}<path d="M196 424Q120 432 20 428M196 416Q110 418 40 412M672 418Q712 414 742 424" stroke="#c9dbe8" stroke-width="3" fill="none" opacity="0.6"/>${ripples(43, 40, { x: 40, y: 420, width: 640, height: 22 }, '#d7e6f0')}`;
	return svg(900, 600, `${sky}${sea}${glow('moon', '#dbe7ff', 0.5)}`, body);
}

/** Tidal flats at sunrise, with a class walking to a post, 3:2. */
export function mudflats(): string {
	const next = random(57);
	const sky = vertical('sky', [
		[0, '#7f9bb5'],
		[55, '#e9c3b0'],
		[100, '#ffe3b0'],
	]);
	const mud = vertical('mud', [
		[0, '#c9a889'],
		[35, '#8d7866'],
		[100, '#4b433f'],
	]);
	const creek = (x: number, seed: number): string => {
		const wander = random(seed);
		const left: Point[] = [];
		const right: Point[] = [];
		for (let step = 0; step <= 9; step += 1) {
			const depth = (step / 9) ** 1.7;
			const y = 322 + depth * 420;
			const middle = x + (wander() - 0.5) * (30 + depth * 300) + depth * (x - 540) * 0.8;
			const half = 2 + depth * 46;
			left.push([middle - half, y]);
			right.unshift([middle + half, y]);
		}
		return `<path d="${curve(left)}L${n(right[0]?.[0] ?? 0)} ${n(right[0]?.[1] ?? 0)}${curve(right).slice(curve(right).indexOf('C'))}Z" fill="url(#wet)" opacity="0.85"/>`;
	};
	const child = (x: number, y: number, size: number): string =>
		`<g transform="translate(${n(x)} ${n(y)}) scale(${size.toFixed(2)})"><path d="M-6 0L-4-20H4L6 0H1L0-12L-1 0Z" fill="#1f2733"/><path d="M-7-18Q0-44 7-18Z" fill="${['#c8503c', '#3f6c94', '#d9a441', '#4f7a52'][Math.floor(next() * 4)] ?? '#c8503c'}"/><circle cy="-38" r="5.5" fill="#2a2226"/><path d="M11 2L8-46" stroke="#2b221d" stroke-width="2"/></g>`;
	const figures = repeat(14, index => child(330 + index * 27 + next() * 8, 452 - index * 5.2, 1.24 - index * 0.045));
	const post = `<path d="M742 380V300M742 318h20" stroke="#2b221d" stroke-width="6"/><path d="M744 300h26v16h-26z" fill="#c8503c"/>`;
	const marks = repeat(210, () => {
		const depth = next() ** 1.4;
		return `<path d="M${n(next() * 1080)} ${n(340 + depth * 376)}q${n(10 + depth * 26)} ${n(-3 - depth * 6)} ${n(20 + depth * 52)} 0" stroke="${next() < 0.5 ? '#3b332f' : '#e7cba6'}" stroke-width="${n(0.8 + depth * 2)}" fill="none" opacity="${(0.15 + next() * 0.25).toFixed(2)}"/>`;
	});
	const leader = `<g transform="translate(300 470) scale(1.7)"><path d="M-7 0L-5-24H5L7 0H2L0-12L-2 0Z" fill="#1a202b"/><path d="M-9-20Q0-56 9-20Z" fill="#31435a"/><circle cy="-49" r="6" fill="#2a2226"/><path d="M-7-52Q0-62 8-52Z" fill="#8f2f2b"/><path d="M-12 3L-10-62" stroke="#2b221d" stroke-width="2"/></g>`;
	const body = `<rect width="1080" height="330" fill="url(#sky)"/><circle cx="812" cy="300" r="300" fill="url(#sun)"/><circle cx="812" cy="296" r="30" fill="#fffbe6"/>${hills(71, 1080, 316, 16, 330, '#9c8f9a')}<rect y="318" width="1080" height="402" fill="url(#mud)"/>${ripples(72, 120, { x: 0, y: 320, width: 1080, height: 60 }, '#fff0cf')}${creek(830, 3)}${creek(180, 8)}${creek(560, 21)}${marks}${ripples(73, 70, { x: 770, y: 324, width: 90, height: 300 }, '#fff6dc')}${post}${figures}${leader}<path d="M120 140q10-9 18 0q9-9 19-1M170 172q8-7 15 0q7-7 15-1M90 186q7-6 13 0q6-6 13-1" stroke="#4a5566" stroke-width="2.5" fill="none"/>`;
	const wet = vertical('wet', [
		[0, '#ffe7bd'],
		[40, '#d9b6a5'],
		[100, '#8ba0b2'],
	]);
	return svg(1080, 720, `${sky}${mud}${wet}${glow('sun', '#fff0c4', 0.95)}`, body);
}

/** The keeper of the light, cut from paper, 2:3. */
export function keeper(): string {
	const paper = '#26364d';
	const panes = repeat(5, column =>
		repeat(
			6,
			row =>
				`<path d="M${60 + column * 100} ${70 + row * 118}h92v110h-92z" fill="${['#f3dcae', '#f0cf9b', '#ecbf8b', '#e3ab80', '#d39a80', '#bb8a84'][row] ?? '#bb8a84'}"/>`,
		),
	);
	const coat =
		'M232 900C230 720 226 640 250 560C262 522 282 504 300 496L352 496C382 506 402 530 412 566C432 640 434 740 434 900Z';
	const head =
		'M284 376C276 392 276 402 270 412C264 420 256 426 254 431C254 436 262 436 265 438C262 441 258 443 259 446C260 449 264 449 265 450C262 453 259 456 261 459C263 462 267 462 267 465C264 470 262 476 266 483C274 490 288 488 302 490L300 530H362V488C380 472 388 440 384 404L380 372Z';
	const cap = 'M270 384C272 344 300 326 334 328C370 330 388 352 382 384C350 376 310 376 270 384Z';
	const body = `<rect width="600" height="900" fill="#1b2739"/><rect x="44" y="54" width="512" height="734" fill="#1b2739"/>${panes}<circle cx="420" cy="310" r="86" fill="#fff4d2"/><path d="M330 250h92v110h-92zM430 250h0" fill="none"/>${repeat(4, index => `<path d="M${156 + index * 100} 54V788" stroke="#1b2739" stroke-width="8"/>`)}${repeat(5, index => `<path d="M44 ${184 + index * 118}H556" stroke="#1b2739" stroke-width="8"/>`)}
<path d="M0 788H600V900H0Z" fill="#141d2c"/><path d="M0 700H600M0 744H600" stroke="#141d2c" stroke-width="9"/>${repeat(7, index => `<path d="M${index * 100} 690V790" stroke="#141d2c" stroke-width="9"/>`)}
<circle cx="150" cy="640" r="130" fill="url(#lantern)"/><path d="${coat}" fill="${paper}"/><path d="${head}" fill="${paper}"/><circle cx="392" cy="446" r="25" fill="${paper}"/><path d="${cap}" fill="#182337"/><path d="M264 386C246 384 236 390 230 398C252 400 272 396 290 390Z" fill="#182337"/><path d="M286 500Q330 522 372 496L384 520Q330 546 280 522Z" fill="#8f3b33"/>
<path d="M262 540C226 556 196 566 166 562L160 578C204 600 250 598 276 588Z" fill="#1f2d43"/><path d="M150 574V556M132 592A18 18 0 0 1 168 592" stroke="#141d2c" stroke-width="5" fill="none"/><path d="M124 592H176L182 606H118Z" fill="#141d2c"/><path d="M126 606H174V676H126Z" fill="#fff0b8"/><path d="M150 622C162 642 160 660 150 664C140 660 138 642 150 622Z" fill="#f0a73c"/><path d="M126 606V676M142 606V676M158 606V676M174 606V676" stroke="#141d2c" stroke-width="4"/><path d="M114 676H186V692H114Z" fill="#141d2c"/>
<path d="M300 520L330 620L324 900M360 520L344 600" stroke="#3a4d69" stroke-width="4" fill="none"/>${repeat(4, index => `<circle cx="${342 - index}" cy="${628 + index * 52}" r="6" fill="#d8a94d"/>`)}`;
	return svg(600, 900, glow('lantern', '#ffe19a', 0.95), body);
}

/** The plan of the east pier, drawn as a blueprint. */
export function pierPlan(): string {
	const label = (x: number, y: number, name: string): string =>
		`<circle cx="${x}" cy="${y}" r="15" fill="#f4f7fb" stroke="#16406b" stroke-width="2"/>${text(x, y + 6, 17, name, { anchor: 'middle', fill: '#16406b', weight: 700 })}`;
	const grid = `${repeat(18, index => `<path d="M${index * 50} 0V560"/>`)}${repeat(11, index => `<path d="M0 ${index * 50 + 30}H900"/>`)}`;
	const wave = (x: number, y: number): string => `<path d="M${x} ${y}q8-7 16 0t16 0t16 0"/>`;
	const waves = [
		[620, 120],
		[700, 190],
		[780, 110],
		[760, 300],
		[820, 400],
		[700, 470],
		[420, 300],
		[470, 350],
		[380, 390],
		[620, 330],
	]
		.map(([x = 0, y = 0]) => wave(x, y))
		.join('');
	const body = `<rect width="900" height="560" fill="#dfe9f3"/><g stroke="#c3d4e4" stroke-width="1">${grid}</g>
<path d="M0 0H330C318 70 300 120 262 168C236 202 240 250 250 300C262 360 240 420 214 470C196 505 190 530 190 560H0Z" fill="#f6f1e4" stroke="#16406b" stroke-width="3"/>
<g stroke="#16406b" stroke-width="1.5" fill="none" opacity="0.7">${waves}</g>
<g fill="#e3d8bf" stroke="#16406b" stroke-width="1.5">${repeat(4, row => repeat(4, column => `<path d="M${28 + column * 50 + (row % 2) * 8} ${42 + row * 62}h36v30h-36z"/>`))}${repeat(3, row => repeat(3, column => `<path d="M${26 + column * 52} ${320 + row * 66}h34v34h-34z"/>`))}</g>
<path d="M252 168C360 120 500 132 590 206C632 242 652 284 656 330" fill="none" stroke="#16406b" stroke-width="22"/><path d="M252 168C360 120 500 132 590 206C632 242 652 284 656 330" fill="none" stroke="#f6f1e4" stroke-width="17"/><path d="M252 168C360 120 500 132 590 206C632 242 652 284 656 330" fill="none" stroke="#c14a3a" stroke-width="3" stroke-dasharray="12 8"/>
<path d="M470 158L520 60" stroke="#16406b" stroke-width="20"/><path d="M471 156L519 62" stroke="#f6f1e4" stroke-width="15"/><path d="M471 156L519 62" stroke="#c14a3a" stroke-width="3" stroke-dasharray="12 8"/>
<path d="M246 330H372V356H250Z" fill="#f6f1e4" stroke="#16406b" stroke-width="3"/><path d="M372 343H560" stroke="#16406b" stroke-width="1.5" stroke-dasharray="3 7"/>
<circle cx="656" cy="336" r="22" fill="#f6f1e4" stroke="#16406b" stroke-width="3"/><circle cx="656" cy="336" r="9" fill="#c14a3a"/><path d="M608 250h26v22h-26z" transform="rotate(40 620 262)" fill="#c14a3a" stroke="#16406b" stroke-width="2"/>
${label(582, 276, '1')}${label(700, 336, '2')}${label(312, 380, '3')}${label(546, 84, '4')}
<g transform="translate(826 90)"><circle r="40" fill="none" stroke="#16406b" stroke-width="2"/><path d="M0-34L9 0L0 34L-9 0Z" fill="#f6f1e4" stroke="#16406b" stroke-width="2"/><path d="M0-34L9 0H-9Z" fill="#16406b"/>${text(0, -48, 18, 'N', { anchor: 'middle', fill: '#16406b', weight: 700 })}</g>
<g transform="translate(640 514)"><path d="M0 0H200M0-8V8M50-5V5M100-8V8M150-5V5M200-8V8" stroke="#16406b" stroke-width="2.5"/>${text(0, -14, 14, '0', { anchor: 'middle', fill: '#16406b' })}${text(100, -14, 14, '100', { anchor: 'middle', fill: '#16406b' })}${text(200, -14, 14, '200 m', { anchor: 'middle', fill: '#16406b' })}</g>${text(420, 530, 20, 'SALTMERE HARBOUR', { anchor: 'middle', fill: '#16406b', family: 'DejaVu Serif, Georgia, serif' })}`;
	return svg(900, 560, '', body);
}

/** One frame of the turning light; `turn` goes from 0 to 1. */
export function lighthouse(turn: number): string {
	const angle = turn * Math.PI;
	const reach = Math.cos(angle) * 170;
	const spread = 14 + Math.abs(Math.sin(angle)) * 26;
	const flash = Math.max(0, Math.abs(Math.sin(angle)) - 0.75) * 4;
	const beam = (to: number): string =>
		`<path d="M160 70L${n(160 + to)} ${n(70 - spread)}V${n(70 + spread)}Z" fill="#fdf0b5" opacity="0.55"/>`;
	const stars: Point[] = [
		[30, 30],
		[70, 84],
		[110, 24],
		[214, 36],
		[262, 70],
		[298, 26],
		[46, 130],
		[284, 128],
		[232, 104],
	];
	const body = `<rect width="320" height="240" fill="#14284a"/>${stars.map(([x, y]) => `<rect x="${x}" y="${y}" width="2" height="2" fill="#c9d6ec"/>`).join('')}${beam(reach)}${beam(-reach)}<circle cx="160" cy="70" r="${n(10 + flash * 26)}" fill="#fdf0b5" opacity="0.7"/>
<path d="M0 196H320V240H0Z" fill="#0d1b33"/><path d="M92 200C110 182 210 182 228 200L250 214H70Z" fill="#2a3346"/><path d="M142 190L149 84H171L178 190Z" fill="#e9e2d3"/><path d="M144.2 156L146.2 126H173.800L175.8 156Z" fill="#b0443a"/><path d="M140 84H180V79H140Z" fill="#0d1b33"/><path d="M150 79V60H170V79Z" fill="#fff6cf"/><path d="M146 60H174L160 44Z" fill="#b0443a"/>${repeat(9, index => `<path d="M${10 + index * 37} ${212 + (index % 3) * 8}h22" stroke="#3a5784" stroke-width="2"/>`)}`;
	return svg(320, 240, '', body);
}

/** The mill in the week when the river flowers, 3:4. */
export function mill(): string {
	const next = random(83);
	const spokes = repeat(12, index => `<path d="M0 0V-118" transform="rotate(${index * 30})"/>`);
	const paddles = repeat(24, index => `<path d="M-13-132H13V-112H-13Z" transform="rotate(${index * 15})"/>`);
	const flowers = repeat(260, () => {
		const y = 770 + next() * 176;
		return `<circle cx="${n(next() * 720)}" cy="${n(y)}" r="${n(2.5 + ((y - 760) / 190) * 4)}" fill="${next() < 0.85 ? '#ffffff' : '#f5dd7a'}"/>`;
	});
	const tree = (x: number, y: number, size: number, fill: string): string =>
		`<path d="M${x - size * 0.08} ${y}h${size * 0.16}v${size * 0.6}h${-size * 0.16}z" fill="#5b4636"/><ellipse cx="${x}" cy="${y - size * 0.1}" rx="${size * 0.44}" ry="${size * 0.56}" fill="${fill}"/>`;
	const wall = repeat(40, () => {
		const x = 176 + next() * 230;
		return `<path d="M${n(x)} ${n(300 + next() * 440)}h${n(18 + next() * 22)}" stroke="#b79f83" stroke-width="4"/>`;
	});
	const window = (x: number, y: number): string =>
		`<path d="M${x} ${y}h44v58h-44z" fill="#33485a"/><path d="M${x + 22} ${y}v58M${x} ${y + 28}h44" stroke="#e8dcc6" stroke-width="4"/>`;
	const body = `<rect width="720" height="960" fill="#cfe3ea"/><circle cx="582" cy="140" r="58" fill="#fbe7b0"/><path d="M40 176q40-34 84 0q44-20 70 8H20q2-8 20-8ZM410 92q30-26 62 0q34-14 52 6H392q4-6 18-6Z" fill="#eef6f6"/>${hills(88, 720, 520, 70, 960, '#a9c58f')}${hills(89, 720, 610, 60, 960, '#8db274')}${tree(66, 540, 150, '#5f8f58')}${tree(640, 520, 190, '#6d9c5c')}${tree(560, 560, 140, '#558450')}
<path d="M160 760V286H420V760Z" fill="#d8c3a3"/>${wall}<path d="M136 290L290 150L444 290Z" fill="#8c4636"/><path d="M290 150L444 290H410L282 172Z" fill="#743a2e"/><path d="M262 206h56v46h-56z" fill="#5b4636"/><path d="M290 200v-18h34" stroke="#5b4636" stroke-width="6" fill="none"/>${window(198, 340)}${window(328, 340)}${window(198, 470)}${window(328, 470)}<path d="M206 760V646a42 42 0 0 1 84 0V760Z" fill="#4d3b30"/>
<path d="M0 740C180 720 420 770 720 736V960H0Z" fill="#5d93a8"/><path d="M0 790C200 768 460 806 720 780V960H0Z" fill="#6fa6b8"/>${flowers}
<g transform="translate(470 690)"><g stroke="#4a3729" stroke-width="10">${spokes}</g><circle r="118" fill="none" stroke="#5e4634" stroke-width="14"/><circle r="84" fill="none" stroke="#5e4634" stroke-width="8"/><g fill="#4a3729">${paddles}</g><circle r="18" fill="#2f241c"/></g><path d="M600 560L520 576V590L600 580Z" fill="#5e4634"/><path d="M522 584C552 600 590 660 596 770" stroke="#dff0f4" stroke-width="13" fill="none" opacity="0.85"/><path d="M340 800q60-14 120 0t120 0M360 826q50-10 100 0t100 0" stroke="#e9f6f8" stroke-width="5" fill="none"/>`;
	return svg(720, 960, '', body);
}

const MONTHS = ['J', 'F', 'M', 'A', 'M', 'J', 'J', 'A', 'S', 'O', 'N', 'D'];
const LEVELS = [94, 131, 112, 101, 92, 78, 49, 44, 58, 76, 138, 109];
const RAIN = [88, 162, 71, 54, 60, 41, 6, 57, 79, 93, 171, 84];

/** The level of the river and the rain, month by month: the table of the article that it stands in. */
export function riverYear(): string {
	const x = (month: number): number => 110 + month * 88;
	const level = (value: number): number => 430 - value * 2.4;
	const bars = RAIN.map(
		(value, month) =>
			`<rect x="${x(month) - 24}" y="${n(430 - value * 1.1)}" width="48" height="${n(value * 1.1)}" rx="3" fill="#a9cbd8"/>`,
	).join('');
	const points = LEVELS.map((value, month): Point => [x(month), level(value)]);
	const grid = [0, 50, 100, 150]
		.map(
			value =>
				`<path d="M70 ${level(value)}H1130" stroke="#e2d9c8"/>${text(58, level(value) + 6, 17, String(value), { anchor: 'end', fill: '#7a6f60' })}`,
		)
		.join('');
	const body = `<rect width="1200" height="520" fill="#fbf7ee"/>${text(70, 42, 22, 'The Mere in 2022', { weight: 700, fill: '#22303c' })}${text(330, 42, 17, 'level at Salter’s Bridge, cm', { fill: '#1d6a88' })}<path d="M296 36h26" stroke="#1d6a88" stroke-width="5"/><rect x="612" y="27" width="18" height="18" fill="#a9cbd8"/>${text(640, 42, 17, 'rain at the mill, mm', { fill: '#5a7f8d' })}${grid}${bars}<path d="${curve(points)}L${x(11)} 430L${x(0)} 430Z" fill="#1d6a88" opacity="0.12"/><path d="${curve(points)}" fill="none" stroke="#1d6a88" stroke-width="5"/>${points.map(([px, py]) => `<circle cx="${n(px)}" cy="${n(py)}" r="6" fill="#fbf7ee" stroke="#1d6a88" stroke-width="3"/>`).join('')}${MONTHS.map((name, month) => text(x(month), 470, 20, name, { anchor: 'middle', fill: '#4d4438' })).join('')}<path d="M70 430H1130" stroke="#4d4438" stroke-width="2"/>${text(x(10), level(138) - 18, 16, 'the pen goes up', { anchor: 'middle', fill: '#b0443a' })}${text(x(6) + 44, level(44) + 30, 16, 'the posts appear', { anchor: 'middle', fill: '#b0443a' })}`;
	return svg(1200, 520, '', body);
}

/** Two days of tide as the pen draws them. */
export function tideChart(): string {
	const height = (hour: number): number =>
		2.75 +
		2.1 * Math.cos(((hour - 3.6) / 12.42) * 2 * Math.PI) * (1 - hour / 900) +
		(hour > 26 && hour < 34 ? 0.16 * Math.sin(((hour - 26) / 8) * Math.PI) : 0);
	const x = (hour: number): number => 80 + hour * 22.5;
	const y = (metres: number): number => 412 - metres * 66;
	const next = random(97);
	const points = Array.from(
		{ length: 241 },
		(_, index): Point => [x(index / 5), y(height(index / 5)) + (next() - 0.5) * 1.6],
	);
	const minor = repeat(
		49,
		hour => `<path d="M${n(x(hour))} 60V412" stroke="${hour % 6 === 0 ? '#d8c9a8' : '#ece2cb'}"/>`,
	);
	const levels = repeat(
		6,
		metre =>
			`<path d="M80 ${y(metre)}H1160" stroke="${metre === 0 ? '#8c7b5c' : '#d8c9a8'}"/>${text(66, y(metre) + 6, 17, `${metre} m`, { anchor: 'end', fill: '#8c7b5c' })}`,
	);
	const peaks = [3.6, 16.02, 28.5, 40.86]
		.map(
			hour =>
				`<circle cx="${n(x(hour))}" cy="${n(y(height(hour)))}" r="6" fill="#b0443a"/>${text(x(hour), y(height(hour)) - 14, 17, height(hour).toFixed(2), { anchor: 'middle', fill: '#b0443a', weight: 700 })}`,
		)
		.join('');
	const hours = repeat(9, index =>
		text(x(index * 6), 440, 16, `${String((index * 6) % 24).padStart(2, '0')}:00`, {
			anchor: 'middle',
			fill: '#6d5f45',
		}),
	);
	const body = `<rect width="1200" height="480" fill="#fdf6e3"/>${minor}${levels}<path d="M${n(x(24))} 44V412" stroke="#8c7b5c" stroke-width="2" stroke-dasharray="5 5"/>${text(x(0.2), 44, 18, 'Saturday 11 December', { fill: '#6d5f45' })}${text(x(24.3), 44, 18, 'Sunday 12 December', { fill: '#6d5f45' })}<path d="${polyline(points)}" fill="none" stroke="#1f4e79" stroke-width="3.5" stroke-linejoin="round"/>${peaks}${hours}`;
	return svg(1200, 480, '', body);
}
