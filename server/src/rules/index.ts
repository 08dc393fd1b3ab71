import { misspelt } from './html/misspelt.ts';
import { split } from './link/split.ts';
import type { Rule } from './rule.ts';

/** All rules for articles. */
export const rules: readonly Rule[] = [misspelt, split];
