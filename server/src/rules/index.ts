import { ambiguous } from './annotation/ambiguous.ts';
import { changed } from './annotation/changed.ts';
import { duplicateId } from './annotation/duplicateId.ts';
import { empty as emptyNote } from './annotation/empty.ts';
import { malformed } from './annotation/malformed.ts';
import { nested as nestedMark } from './annotation/nested.ts';
import { openQuestion } from './annotation/openQuestion.ts';
import { orphan } from './annotation/orphan.ts';
import { unknownKind } from './annotation/unknownKind.ts';
import { duplicateSource } from './archive/duplicateSource.ts';
import { conflict, conflictInList } from './article/conflict.ts';
import { markdown } from './article/markdown.ts';
import { empty as emptyFigure } from './figure/empty.ts';
import { missingCaption } from './figure/missingCaption.ts';
import { dateMismatch } from './header/dateMismatch.ts';
import { source } from './header/source.ts';
import { structure } from './header/structure.ts';
import { timestamp } from './header/timestamp.ts';
import { title } from './header/title.ts';
import { misspelt } from './html/misspelt.ts';
import { syntax } from './html/syntax.ts';
import { unsafe } from './html/unsafe.ts';
import { broken as brokenImage } from './image/broken.ts';
import { invalidUrl as invalidImageUrl } from './image/invalidUrl.ts';
import { missingAlt } from './image/missingAlt.ts';
import { missingFile as missingImageFile } from './image/missingFile.ts';
import { missingSrc } from './image/missingSrc.ts';
import { notAnImage } from './image/notAnImage.ts';
import { placeholder } from './image/placeholder.ts';
import { size } from './image/size.ts';
import { srcset } from './image/srcset.ts';
import { broken } from './link/broken.ts';
import { empty } from './link/empty.ts';
import { fragment } from './link/fragment.ts';
import { insecure } from './link/insecure.ts';
import { invalidUrl } from './link/invalidUrl.ts';
import { missingFile } from './link/missingFile.ts';
import { missingHref } from './link/missingHref.ts';
import { moved } from './link/moved.ts';
import { nested } from './link/nested.ts';
import { noText } from './link/noText.ts';
import { relative } from './link/relative.ts';
import { scheme } from './link/scheme.ts';
import { split } from './link/split.ts';
import { duplicate } from './list/duplicate.ts';
import { missingFile as missingEntryFile } from './list/missingFile.ts';
import { titleMismatch } from './list/titleMismatch.ts';
import type { ListRule, Rule } from './rule.ts';

/** All rules for articles. */
export const rules: readonly Rule[] = [
	conflict,
	markdown,
	structure,
	timestamp,
	title,
	source,
	dateMismatch,
	syntax,
	unsafe,
	misspelt,
	missingHref,
	empty,
	invalidUrl,
	scheme,
	split,
	noText,
	nested,
	fragment,
	missingFile,
	relative,
	insecure,
	broken,
	moved,
	missingSrc,
	invalidImageUrl,
	missingImageFile,
	brokenImage,
	notAnImage,
	placeholder,
	missingAlt,
	srcset,
	size,
	emptyFigure,
	missingCaption,
	malformed,
	duplicateId,
	orphan,
	ambiguous,
	changed,
	emptyNote,
	unknownKind,
	nestedMark,
	openQuestion,
	duplicateSource,
];

/** All rules for lists. */
export const listRules: readonly ListRule[] = [conflictInList, missingEntryFile, duplicate, titleMismatch];

/** All rules, each once: one that looks at articles and lists is among both. */
export const ALL_RULES: readonly Pick<Rule, 'id' | 'severity'>[] = [
	...rules,
	...listRules.filter(({ id }) => !rules.some(rule => rule.id === id)),
];

/** The ids of all rules. */
export const RULE_IDS: readonly string[] = ALL_RULES.map(({ id }) => id);
