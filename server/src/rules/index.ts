import { annotationAmbiguous } from './annotation/ambiguous.ts';
import { annotationChanged } from './annotation/changed.ts';
import { annotationDuplicateId } from './annotation/duplicateId.ts';
import { annotationEmpty } from './annotation/empty.ts';
import { annotationMalformed } from './annotation/malformed.ts';
import { annotationNested } from './annotation/nested.ts';
import { annotationOpenQuestion } from './annotation/openQuestion.ts';
import { annotationOrphan } from './annotation/orphan.ts';
import { annotationUnknownKind } from './annotation/unknownKind.ts';
import { archiveDuplicateSource } from './archive/duplicateSource.ts';
import { articleConflict, articleConflictInList } from './article/conflict.ts';
import { articleFurniture } from './article/furniture.ts';
import { articleMarkdown } from './article/markdown.ts';
import { articleNoText } from './article/noText.ts';
import { articleRepeated } from './article/repeated.ts';
import { articleTruncated } from './article/truncated.ts';
import { figureEmpty } from './figure/empty.ts';
import { figureMissingCaption } from './figure/missingCaption.ts';
import { headerDateMismatch } from './header/dateMismatch.ts';
import { headerSiteName } from './header/siteName.ts';
import { headerSource } from './header/source.ts';
import { headerStructure } from './header/structure.ts';
import { headerTimestamp } from './header/timestamp.ts';
import { headerTitle } from './header/title.ts';
import { htmlEmptyParagraph } from './html/emptyParagraph.ts';
import { htmlMisspelt } from './html/misspelt.ts';
import { htmlSyntax, htmlUntidy } from './html/syntax.ts';
import { htmlUnsafe } from './html/unsafe.ts';
import { imageBroken } from './image/broken.ts';
import { imageInvalidUrl } from './image/invalidUrl.ts';
import { imageMissingAlt } from './image/missingAlt.ts';
import { imageMissingFile } from './image/missingFile.ts';
import { imageMissingSrc } from './image/missingSrc.ts';
import { imageNotAnImage } from './image/notAnImage.ts';
import { imagePlaceholder } from './image/placeholder.ts';
import { imageSize } from './image/size.ts';
import { imageSrcset } from './image/srcset.ts';
import { imageTrackingPixel } from './image/trackingPixel.ts';
import { linkBroken } from './link/broken.ts';
import { linkEmail } from './link/email.ts';
import { linkEmpty } from './link/empty.ts';
import { linkFragment } from './link/fragment.ts';
import { linkInsecure } from './link/insecure.ts';
import { linkInvalidUrl } from './link/invalidUrl.ts';
import { linkMissingFile } from './link/missingFile.ts';
import { linkMissingHref } from './link/missingHref.ts';
import { linkMoved } from './link/moved.ts';
import { linkNested } from './link/nested.ts';
import { linkNoText } from './link/noText.ts';
import { linkRelative } from './link/relative.ts';
import { linkScheme } from './link/scheme.ts';
import { linkSplit } from './link/split.ts';
import { linkTracking } from './link/tracking.ts';
import { linkWrapped } from './link/wrapped.ts';
import { listDuplicate } from './list/duplicate.ts';
import { listMissingFile } from './list/missingFile.ts';
import { listTitleMismatch } from './list/titleMismatch.ts';
import type { ListRule, Rule, SummaryRule } from './rule.ts';
import { textDoubleEncoded } from './text/doubleEncoded.ts';
import { textInvisible } from './text/invisible.ts';
import { textMojibake } from './text/mojibake.ts';

/** All rules for articles. */
export const rules: readonly Rule[] = [
	articleConflict,
	articleMarkdown,
	articleNoText,
	articleTruncated,
	articleRepeated,
	headerStructure,
	headerTimestamp,
	headerTitle,
	headerSiteName,
	headerSource,
	headerDateMismatch,
	htmlSyntax,
	htmlUnsafe,
	htmlUntidy,
	htmlMisspelt,
	htmlEmptyParagraph,
	textMojibake,
	textDoubleEncoded,
	textInvisible,
	linkMissingHref,
	linkEmpty,
	linkInvalidUrl,
	linkScheme,
	linkSplit,
	linkNoText,
	linkNested,
	linkFragment,
	linkMissingFile,
	linkRelative,
	linkInsecure,
	linkTracking,
	linkWrapped,
	linkEmail,
	linkBroken,
	linkMoved,
	imageMissingSrc,
	imageInvalidUrl,
	imageMissingFile,
	imageBroken,
	imageNotAnImage,
	imagePlaceholder,
	imageMissingAlt,
	imageSrcset,
	imageSize,
	imageTrackingPixel,
	figureEmpty,
	figureMissingCaption,
	annotationMalformed,
	annotationDuplicateId,
	annotationOrphan,
	annotationAmbiguous,
	annotationChanged,
	annotationEmpty,
	annotationUnknownKind,
	annotationNested,
	annotationOpenQuestion,
	archiveDuplicateSource,
];

/** The rules that run after all others. */
export const summaryRules: readonly SummaryRule[] = [articleFurniture];

/** All rules for lists. */
export const listRules: readonly ListRule[] = [
	articleConflictInList,
	listMissingFile,
	listDuplicate,
	listTitleMismatch,
];

/** All rules, without duplicates: a rule for both articles and lists is in both arrays above. */
export const ALL_RULES: readonly Pick<Rule, 'id' | 'severity'>[] = [
	...rules,
	...summaryRules,
	...listRules.filter(({ id }) => !rules.some(rule => rule.id === id)),
];

export const RULE_IDS: readonly string[] = ALL_RULES.map(({ id }) => id);
