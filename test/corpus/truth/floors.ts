import type { Measure, Share } from './measure.ts';

/**
 * What each measure must reach; *article folded* must not exceed its value. Raise a floor when the product gets better,
 * up to the goal.
 */
export const FLOORS: Readonly<Record<Measure, { readonly floor: number; readonly goal: number }>> = {
	'furniture recall': { floor: 0.9, goal: 0.9 },
	'article folded': { floor: 0.001, goal: 0.001 },
	'headings precision': { floor: 0.95, goal: 0.97 },
	'headings recall': { floor: 0.97, goal: 0.97 },
	'captions precision': { floor: 0.97, goal: 0.97 },
	'captions recall': { floor: 0.97, goal: 0.97 },
	'credits precision': { floor: 0.9, goal: 0.9 },
	'credits recall': { floor: 0.9, goal: 0.9 },
	hosts: { floor: 1, goal: 1 },
	byline: { floor: 0.95, goal: 0.95 },
	day: { floor: 0.95, goal: 0.95 },
};

/** Whether a share reaches a limit; nothing of nothing does. */
export function reaches(measure: Measure, { right, all }: Share, limit: number): boolean {
	if (all === 0) return true;
	return measure === 'article folded' ? right <= all * limit : right >= all * limit;
}
