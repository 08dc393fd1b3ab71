import { requestedAddress } from '../../links/network/requests.ts';
import type { LinkUse, Verdict } from '../../links/network/verdict.ts';
import { advice, describeAge, describeStatus, evidence } from '../../links/network/words.ts';
import { copyOf } from '../../links/wayback.ts';
import { dotted, type Inline, link, phrase, strong, text } from '../../markdown/tree.ts';
import { capital } from '../../util/labels.ts';
import { clip } from '../../util/text.ts';
import type { HoverContext } from './context.ts';
import { addressLink, MAX_LINK_CHARS } from './url.ts';

const NAMES: Readonly<Record<Verdict['kind'], string>> = {
	ok: 'OK',
	moved: 'Moved',
	broken: 'Broken',
	unverified: 'Unverified',
};

/** Returns the result of the last check of a URL; `undefined` if it was not checked. */
export function verdictAt({ verdictOf }: HoverContext, url: URL, use: LinkUse): Verdict | undefined {
	const address = requestedAddress(url);
	return address === undefined ? undefined : verdictOf?.(address, use);
}

/** Describes the result of the last check of a URL: verdict, age, redirect target, advice and archived copy. Empty if it was not checked. */
export function verdictLines(context: HoverContext, url: URL, use: LinkUse): readonly Inline[] {
	const verdict = verdictAt(context, url, use);
	if (!verdict) return [];
	const { article, now } = context;
	const { kind, chain, time } = verdict;
	const name = kind === 'ok' ? NAMES.ok : strong(NAMES[kind]);
	const found = kind === 'moved' ? '' : evidence(verdict);
	const redirects = chain
		.slice(0, -1)
		.map(({ answer }) => (typeof answer === 'number' ? describeStatus(answer) : answer));
	const last = chain.at(-1)?.url;
	const copy = copyOf(verdict, url, article.published?.value, use);
	const target = kind === 'moved' ? verdict.to : redirects.length > 0 ? last : undefined;
	return [
		dotted(found === '' ? name : [...phrase(name), text(`: ${clip(found, 300)}`)], `checked ${describeAge(time, now)}`),
		target !== undefined && URL.canParse(target) && phrase(`${redirects.join(', ')}:`, addressLink(new URL(target))),
		advice(verdict) !== '' && capital(advice(verdict)),
		copy !== undefined && copy.length <= MAX_LINK_CHARS && link('Copy in the Wayback Machine', copy),
	];
}
