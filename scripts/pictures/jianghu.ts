import { curve, glow, hills, n, type Point, polyline, random, repeat, ripples, svg, text, vertical } from './draw.ts';

/** A seal-red disc with a number, as the map's legend uses it. */
function seal(x: number, y: number, name: string): string {
	return `<circle cx="${x}" cy="${y}" r="17" fill="#b23a2e"/>${text(x, y + 7, 19, name, { anchor: 'middle', fill: '#fdf6e6', weight: 700 })}`;
}

/** The map of the island, in ink on paper. */
export function islandMap(): string {
	const shore = (grow: number): string =>
		curve(
			(
				[
					[150, 350],
					[210, 268],
					[330, 222],
					[470, 214],
					[610, 236],
					[730, 286],
					[812, 352],
					[770, 404],
					[650, 440],
					[510, 456],
					[360, 448],
					[230, 412],
				] as const
			).map(([x, y]): Point => [480 + (x - 480) * (1 + grow), 336 + (y - 336) * (1 + grow * 1.9)]),
			true,
		);
	const rings = repeat(
		5,
		index =>
			`<path d="${shore(0.045 + index * 0.05)}" stroke-width="${2.4 - index * 0.4}" opacity="${(0.7 - index * 0.12).toFixed(2)}"/>`,
	);
	const next = random(5);
	const fields = repeat(11, index => {
		const x = 250 + index * 46;
		const y = 280 + Math.sin(index * 0.9) * 18;
		return `<path d="M${n(x)} ${n(y)}l34-6l6 40l-36 6Z"/><path d="M${n(x + 9)} ${n(y)}l5 40M${n(x + 20)} ${n(y - 3)}l5 40" opacity="0.6"/>`;
	});
	const houses = repeat(34, index => {
		const x = 300 + (index % 17) * 24 + next() * 6;
		const y = 372 + Math.floor(index / 17) * 26 + next() * 7;
		return `<path d="M${n(x)} ${n(y)}l8-8l8 8v9h-16Z"/>`;
	});
	const reeds = repeat(26, () => {
		const x = 176 + next() * 60;
		const y = 326 + next() * 60;
		return `<path d="M${n(x)} ${n(y)}q2-10 0-18M${n(x)} ${n(y)}q-3-8-7-13M${n(x)} ${n(y)}q4-8 8-12"/>`;
	});
	const body = `<rect width="960" height="640" fill="#f6efdf"/><path d="M0 96C180 60 360 44 520 58S820 92 960 70V0H0Z" fill="#e6dcc2"/><path d="M0 96C180 60 360 44 520 58S820 92 960 70" fill="none" stroke="#3a4a4f" stroke-width="3"/><path d="M0 560C200 590 420 606 620 588S860 552 960 566V640H0Z" fill="#e6dcc2"/><path d="M0 560C200 590 420 606 620 588S860 552 960 566" fill="none" stroke="#3a4a4f" stroke-width="3"/>
<g fill="none" stroke="#6d95a0">${rings}</g><path d="${shore(0)}" fill="#ece6cc" stroke="#3a4a4f" stroke-width="4"/><path d="${shore(-0.05)}" fill="none" stroke="#3a4a4f" stroke-width="1.5" stroke-dasharray="3 6"/>
<g fill="#d7dcb6" stroke="#7d8a5c" stroke-width="1.5">${fields}</g><g fill="#c9b48c" stroke="#3a4a4f" stroke-width="1.2">${houses}</g><g fill="none" stroke="#6f7d4f" stroke-width="1.6">${reeds}</g>
<path d="M290 430C380 350 520 350 640 392" fill="none" stroke="#3a4a4f" stroke-width="2" stroke-dasharray="9 5"/><path d="M610 240L646 66" stroke="#3a4a4f" stroke-width="9"/><path d="M610 240L646 66" stroke="#f6efdf" stroke-width="5" stroke-dasharray="10 8"/>
<path d="M470 456V500M462 500h16M500 456l10 40" stroke="#3a4a4f" stroke-width="4"/><path d="M474 512C480 544 520 570 560 590" fill="none" stroke="#b23a2e" stroke-width="2.5" stroke-dasharray="4 7"/><path d="M508 540h44l-8 14h-28ZM528 540v-22l14 16Z" fill="#3a4a4f"/><path d="M772 400l34 22M760 412l30 26" stroke="#3a4a4f" stroke-width="4"/>
<g fill="none" stroke="#6d95a0" stroke-width="2">${[
		[120, 200],
		[300, 140],
		[760, 180],
		[860, 260],
		[110, 470],
		[300, 520],
		[740, 510],
		[860, 460],
	]
		.map(([x = 0, y = 0]) => `<path d="M${x} ${y}q9-8 18 0t18 0t18 0"/>`)
		.join('')}</g>
${seal(440, 484, '1')}${seal(826, 420, '2')}${seal(560, 338, '3')}${seal(668, 150, '4')}
<g transform="translate(84 300)" fill="none" stroke="#3a4a4f" stroke-width="2.5"><path d="M-40 0H44M30-9L44 0L30 9"/></g><g transform="translate(890 560)"><path d="M0-56L10 0H-10Z" fill="#3a4a4f"/><path d="M0 20L8 0H-8Z" fill="none" stroke="#3a4a4f" stroke-width="2"/>${text(0, -64, 20, 'N', { anchor: 'middle', fill: '#3a4a4f', weight: 700 })}</g><rect x="10" y="10" width="940" height="620" fill="none" stroke="#3a4a4f" stroke-width="2"/>`;
	return svg(960, 640, '', body);
}

const STEPS = [33, 33, 32, 33, 31, 30, 30, 28, 29, 27, 25, 24, 24, 22, 20, 19, 17, 11, 4, 7, 13, 17, 20, 22, 23];

/** The steps that stood out of the water each evening of July; fewer is higher water. */
export function stepsChart(): string {
	const x = (day: number): number => 92 + (day - 1) * 44;
	const y = (steps: number): number => 406 - steps * 9.4;
	const points = STEPS.map((steps, index): Point => [x(index + 1), y(steps)]);
	const levels = [0, 10, 20, 30, 40]
		.map(
			steps =>
				`<path d="M70 ${n(y(steps))}H1170" stroke="#e3d8c0"/>${text(60, y(steps) + 6, 17, String(steps), { anchor: 'end', fill: '#7b6c50' })}`,
		)
		.join('');
	const bars = points.map(([px, py]) => `<path d="M${n(px - 15)} ${n(py)}h30V406h-30Z"/>`).join('');
	const days = STEPS.map((_, index) =>
		(index + 1) % 3 === 1 ? text(x(index + 1), 434, 17, String(index + 1), { anchor: 'middle', fill: '#7b6c50' }) : '',
	).join('');
	const body = `<rect width="1200" height="480" fill="#faf4e4"/>${levels}<g fill="#cfdcd8">${bars}</g><path d="${polyline(points)}" fill="none" stroke="#2f4f57" stroke-width="4" stroke-linejoin="round"/>${points.map(([px, py], index) => `<circle cx="${n(px)}" cy="${n(py)}" r="${index === 18 ? 9 : 5}" fill="${index === 18 ? '#b23a2e' : '#2f4f57'}"/>`).join('')}<path d="M70 ${n(y(18))}H1170" stroke="#b23a2e" stroke-width="2.5" stroke-dasharray="10 8"/>${text(1164, y(18) - 10, 19, '18', { anchor: 'end', fill: '#b23a2e', weight: 700 })}${text(x(19), y(4) - 22, 22, '4', { anchor: 'middle', fill: '#b23a2e', weight: 700 })}<path d="M70 406H1170" stroke="#2f4f57" stroke-width="2"/>${days}`;
	return svg(1200, 480, '', body);
}

/** The market at four in the morning, 3:2. */
export function market(): string {
	const next = random(211);
	const sky = vertical('sky', [
		[0, '#0b1428'],
		[70, '#263a5c'],
		[100, '#5b6a86'],
	]);
	const ground = vertical('ground', [
		[0, '#2b3040'],
		[100, '#0d1018'],
	]);
	const stall = (index: number): string => {
		const scale = 0.42 + index * 0.14;
		const x = 300 + index * index * 24 + index * 66;
		const y = 428 + index * index * 7.5 + index * 20;
		const awning = ['#8f3b33', '#33566b', '#8a6a33', '#4a5d3d', '#7c3443', '#3b4f75'][index] ?? '#8f3b33';
		const goods = repeat(7, item => {
			const colour =
				['#d8c27a', '#9db46a', '#e6ddd0', '#c9705a', '#7f9c86', '#b9a2c0', '#e0b060'][(item + index) % 7] ?? '#d8c27a';
			return `<ellipse cx="${-92 + item * 31}" cy="${-38 - (item % 2) * 4}" rx="19" ry="12" fill="${colour}"/><path d="M${-110 + item * 31}-36h36l-5 24h-26Z" fill="#5b4330"/>`;
		});
		return `<g transform="translate(${n(x)} ${n(y)}) scale(${n(scale * 10) === '0' ? 1 : scale.toFixed(2)})"><ellipse cx="0" cy="6" rx="210" ry="34" fill="url(#pool)"/><path d="M-128 0V-196M128 0V-196" stroke="#3d3226" stroke-width="7"/>${goods}<path d="M-124-12H124V-2H-124Z" fill="#3d2c20"/><path d="M-152-190Q0-244 152-190L138-160Q120-150 103-160Q86-150 69-160Q52-150 34-160Q17-150 0-160Q-17-150-34-160Q-52-150-69-160Q-86-150-103-160Q-120-150-138-160Z" fill="${awning}"/><path d="M40-168V-128" stroke="#1a1a1a" stroke-width="3"/><circle cx="40" cy="-112" r="120" fill="url(#lamp)"/><path d="M28-128h24l6 26h-36Z" fill="#fff3c4"/><path d="M-84-12C-90-70-70-96-48-96S-10-70-14-12Z" fill="#1c222e"/><circle cx="-50" cy="-108" r="18" fill="#2a2226"/><path d="M-80-112Q-50-146-20-112Z" fill="#8b7550"/></g>`;
	};
	const stalls = repeat(6, stall);
	const buyer = (x: number, y: number, scale: number): string =>
		`<g transform="translate(${x} ${y}) scale(${scale})"><path d="M-26 0L-20-78C-22-120-10-138 8-138S36-118 32-78L34 0H10L6-50L-2 0Z" fill="#0a0d14"/><circle cx="8" cy="-158" r="19" fill="#0a0d14"/><path d="M30-96L58-58" stroke="#0a0d14" stroke-width="11"/><path d="M40-58h40l-6 30h-28Z" fill="#15110e"/><path d="M42-58q18-34 36 0" stroke="#15110e" stroke-width="4" fill="none"/></g>`;
	const stones = repeat(90, () => {
		const depth = next();
		return `<path d="M${n(next() * 1200)} ${n(470 + depth * 326)}h${n(24 + depth * 80)}" stroke="${next() < 0.5 ? '#4b4a50' : '#0a0c12'}" stroke-width="${n(1 + depth * 2)}" opacity="0.5"/>`;
	});
	const boat = (x: number, y: number, scale: number): string =>
		`<g transform="translate(${x} ${y}) scale(${scale})"><path d="M-70 0Q0 22 74-8L60 16H-56Z" fill="#0a0f1c"/><path d="M-30 4V-24Q-6-40 18-24V6Z" fill="#131b2d"/><circle cx="40" cy="-16" r="3.5" fill="#ffdf94"/><circle cx="40" cy="-16" r="26" fill="url(#lamp)"/></g>`;
	const body = `<rect width="1200" height="420" fill="url(#sky)"/>${repeat(40, () => `<circle cx="${n(next() * 1200)}" cy="${n(next() * 220)}" r="${n(0.6 + next())}" fill="#cfdcf5" opacity="0.6"/>`)}${hills(213, 1200, 372, 40, 400, '#1c2a45')}<rect y="382" width="1200" height="120" fill="#31476a"/>${ripples(215, 120, { x: 0, y: 386, width: 760, height: 100 }, '#8aa2c4')}${boat(120, 410, 0.8)}${boat(246, 398, 0.5)}${boat(60, 450, 1.3)}<path d="M0 500L300 448L1200 440V800H0Z" fill="url(#ground)"/>${stones}${stalls}${buyer(230, 690, 1.5)}${buyer(500, 640, 1.05)}${buyer(116, 740, 1.75)}<path d="M0 640Q120 700 260 800H0Z" fill="#06080e" opacity="0.4"/>`;
	return svg(1200, 800, `${sky}${ground}${glow('lamp', '#ffdf94', 0.85)}${glow('pool', '#f0b45c', 0.5)}`, body);
}

/** A red oiled-paper umbrella, opened to dry, 2:3. */
export function umbrella(): string {
	const next = random(331);
	const ribs = repeat(24, index => `<path d="M0 0L0-226" transform="rotate(${index * 15})"/>`);
	const rim = repeat(24, index => {
		const from = (index * 15 * Math.PI) / 180;
		const to = ((index + 1) * 15 * Math.PI) / 180;
		const middle = (from + to) / 2;
		const at = (angle: number, radius: number): string =>
			`${n(Math.sin(angle) * radius)} ${n(-Math.cos(angle) * radius)}`;
		return `${index === 0 ? `M${at(0, 232)}` : ''}Q${at(middle, 216)} ${at(to, 232)}`;
	});
	const bricks = repeat(13, row =>
		repeat(
			6,
			column =>
				`<path d="M${column * 124 - (row % 2) * 62} ${604 + row * 26}h116v20h-116z" fill="${['#7b8286', '#848b8e', '#727a7f'][(row + column) % 3] ?? '#7b8286'}"/>`,
		),
	);
	const wall = repeat(
		22,
		row =>
			`<path d="M0 ${row * 28}H600" stroke="#c9c6bb" stroke-width="1.5"/>${repeat(7, column => `<path d="M${column * 96 + (row % 2) * 48} ${row * 28}v28" stroke="#c9c6bb" stroke-width="1.5"/>`)}`,
	);
	const rain = repeat(70, () => {
		const x = next() * 620;
		const y = next() * 860;
		return `<path d="M${n(x)} ${n(y)}l-6 ${n(22 + next() * 22)}" stroke="#ffffff" stroke-width="1.6" opacity="${(0.35 + next() * 0.4).toFixed(2)}"/>`;
	});
	const blossom = (x: number, y: number, size: number): string =>
		`<g transform="translate(${x} ${y})">${repeat(5, index => `<circle cx="0" cy="${n(-size)}" r="${n(size * 0.72)}" transform="rotate(${index * 72})" fill="#fbe9df"/>`)}<circle r="${n(size * 0.5)}" fill="#e5b04a"/></g>`;
	const puddle = repeat(
		3,
		index =>
			`<ellipse cx="320" cy="788" rx="${150 - index * 44}" ry="${30 - index * 9}" fill="none" stroke="#dfe6e6" stroke-width="3" opacity="0.7"/>`,
	);
	const body = `<rect width="600" height="604" fill="#d8d5ca"/>${wall}<path d="M0 604H600V900H0Z" fill="#5c6468"/>${bricks}<path d="M60 604V120h96V604Z" fill="#4b3a2f"/><path d="M70 604V130h38V604ZM112 604V130h36V604Z" fill="#5d483a"/><ellipse cx="320" cy="776" rx="210" ry="36" fill="#333b40" opacity="0.55"/>${puddle}
<g transform="translate(310 470) rotate(-14)"><path d="M-5 0L-5 318Q-5 346 20 346" stroke="#6b4a2f" stroke-width="11" fill="none"/><path d="${rim}Z" fill="#c2372d"/><path d="M0 0L0-220A220 220 0 0 1 190-110Z" fill="#d24a3a" opacity="0.5"/><path d="M0 0L190 110A220 220 0 0 1-190 110Z" fill="#9c2922" opacity="0.55"/><circle r="150" fill="none" stroke="#e8b96a" stroke-width="5"/><circle r="60" fill="none" stroke="#e8b96a" stroke-width="4"/><g stroke="#7d1f1a" stroke-width="2.6">${ribs}</g><path d="M-150-70C-110-120-50-120-10-84S70-60 120-92" stroke="#4a2118" stroke-width="6" fill="none"/>${blossom(-104, -108, 13)}${blossom(-38, -112, 11)}${blossom(26, -82, 14)}${blossom(92, -84, 11)}${blossom(-70, -76, 9)}<circle r="17" fill="#6b4a2f"/><circle r="8" fill="#e8b96a"/></g>${rain}`;
	return svg(600, 900, '', body);
}
