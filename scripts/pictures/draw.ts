/** Small helpers for pictures that are written as SVG. */

/** A point, in pixels. */
export type Point = readonly [x: number, y: number];

/** A source of numbers in [0, 1) that gives the same ones on every run (mulberry32). */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** `make(0) … make(count - 1)`, joined. */
export function repeat(count: number, make: (index: number) => string): string {
	return Array.from({ length: count }, (_, index) => make(index)).join('');
}

/** A number as SVG needs it: one decimal at most. */
export function n(value: number): string {
	return String(Math.round(value * 10) / 10);
}

/** The path through the points in straight lines. */
export function polyline(points: readonly Point[]): string {
	return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
}

/** A smooth path through the points (Catmull-Rom); closed paths end where they begin. */
export function curve(points: readonly Point[], closed = false): string {
	const count = points.length;
	const at = (index: number): Point => {
		const wrapped = closed ? (index + count) % count : Math.min(Math.max(index, 0), count - 1);
		return points[wrapped] ?? [0, 0];
	};
	const [x0, y0] = at(0);
	let path = `M${n(x0)} ${n(y0)}`;
	for (let index = 0; index < (closed ? count : count - 1); index += 1) {
		const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
		const control = (a: number, b: number, c: number): number => a + (b - c) / 6;
		path += `C${n(control(from[0], to[0], before[0]))} ${n(control(from[1], to[1], before[1]))}`;
		path += ` ${n(control(to[0], from[0], after[0]))} ${n(control(to[1], from[1], after[1]))} ${n(to[0])} ${n(to[1])}`;
	}
	return closed ? `${path}Z` : path;
}

/** A line of hills from x = 0 to `width`, filled down to `floor`. */
export function hills(seed: number, width: number, top: number, rise: number, floor: number, fill: string): string {
	const next = random(seed);
	const steps = 14;
	const points = Array.from({ length: steps + 1 }, (_, index): Point => [(width * index) / steps, top - next() * rise]);
	return `<path d="${curve(points)}L${width} ${floor}L0 ${floor}Z" fill="${fill}"/>`;
}

/** A linear gradient from top to bottom; stops are offsets in per cent with colours. */
export function vertical(id: string, stops: ReadonlyArray<readonly [offset: number, colour: string]>): string {
	return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${gradientStops(stops)}</linearGradient>`;
}

/** A gradient from the middle outwards, fading to nothing. */
export function glow(id: string, colour: string, strength = 1): string {
	return `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${strength}"/><stop offset="0.4" stop-color="${colour}" stop-opacity="${strength * 0.4}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`;
}

function gradientStops(stops: ReadonlyArray<readonly [offset: number, colour: string]>): string {
	return stops.map(([offset, colour]) => `<stop offset="${offset}%" stop-color="${colour}"/>`).join('');
}

/** Short level strokes, for light on water: wider and further apart towards the bottom. */
export function ripples(
	seed: number,
	count: number,
	box: { x: number; y: number; width: number; height: number },
	colour: string,
): string {
	const next = random(seed);
	return repeat(count, () => {
		const depth = next() ** 1.5;
		const y = box.y + depth * box.height;
		const length = 10 + depth * 70 * (0.4 + next());
		const x = box.x + next() * box.width - length / 2;
		const opacity = 0.08 + next() * 0.3;
		return `<path d="M${n(x)} ${n(y)}h${n(length)}" stroke="${colour}" stroke-width="${n(0.8 + depth * 2.2)}" stroke-linecap="round" opacity="${n(opacity * 10) === '0' ? 0.1 : opacity.toFixed(2)}"/>`;
	});
}

/** Text, anchored at its start, middle or end. */
export function text(
	x: number,
	y: number,
	size: number,
	content: string,
	options: { anchor?: 'start' | 'middle' | 'end'; fill?: string; weight?: number; family?: string } = {},
): string {
	const { anchor = 'start', fill = '#333', weight = 400, family = 'DejaVu Sans, Verdana, sans-serif' } = options;
	return `<text x="${n(x)}" y="${n(y)}" font-family="${family}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${fill}">${content}</text>`;
}

/** The whole picture. */
export function svg(width: number, height: number, definitions: string, body: string): string {
	const defs = definitions === '' ? '' : `<defs>${definitions}</defs>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${defs}${body}</svg>\n`;
}
