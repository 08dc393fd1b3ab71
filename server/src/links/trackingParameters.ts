/** Names of query parameters that only say where a reader came from. */
const NAMES = [
	// Analytics software: Google, Matomo, Webtrekk, AT Internet, comScore.
	'utm_\\w+',
	'_g[al]',
	'(?:mtm|pk|piwik)_\\w+',
	'wt[._](?:mc|zmc)(?:[._]\\w+)?',
	'at_(?:medium|campaign|custom\\d|link_\\w+|ptr_name)',
	'xtor',
	'ns_(?:campaign|mchannel|source|linkname)',
	// Advertisements and social networks.
	'(?:fb|g|d|y|tw|tt)clid',
	'[gw]braid',
	'msclkid',
	'gclsrc',
	'igsh(?:id)?',
	'ref_src',
	'__twitter_impression',
	'isappinstalled',
	'spm|scm',
	// Newsletters.
	'mc_[ce]id',
	'mkt_tok',
	'_hs(?:enc|mi)',
	'hsctatracking',
	'oly_(?:enc|anon)_id',
	'vero_(?:id|conv)',
	// Publishers.
	'smid',
	'cmpid',
	'ocid',
	'guccounter',
	'guce_referrer(?:_sig)?',
].join('|');

/** Values by which Medium says in which list or feed an article was found. */
const MEDIUM = 'source=(?:rss|post_page|email|collection|friends_link|user_profile|topic)-.*';

/** A parameter as written: a reference that was encoded twice leaves its name before that of the parameter. */
const PARAMETER = new RegExp(`^(?:amp;)*(?:(?:${NAMES})(?:=.*)?|${MEDIUM})$`, 'i');

/** A cheap test that rules out nearly all URLs. */
const MAY_TRACK = new RegExp(`[?&;](?:(?:${NAMES})(?:[=&#]|$)|source=)`, 'i');

/** Whether a parameter of a query, as written, only says where a reader came from. */
export function isTracking(parameter: string): boolean {
	return PARAMETER.test(parameter);
}

/** Sites that look a whole URL up, with its parameters. */
const ARCHIVES =
	/^https?:\/\/(?:web\.archive\.org|archive\.(?:is|ph|today|org|md|li|vn|fo)|(?:www\.)?webcitation\.org|perma\.cc)\//i;

/** Returns a URL as written without its tracking parameters, and their names; `undefined` if it has none. */
export function withoutTracking(
	address: string,
): { readonly address: string; readonly names: readonly string[] } | undefined {
	const start = address.indexOf('?') + 1;
	if (start === 0 || !MAY_TRACK.test(address) || ARCHIVES.test(address) || !/^\s*(?:https?:|[^:]*[/?])/i.test(address))
		return undefined;
	const hash = address.indexOf('#');
	if (hash !== -1 && hash < start) return undefined;
	const end = hash === -1 ? address.length : hash;
	const names: string[] = [];
	const kept = address
		.slice(start, end)
		.split('&')
		.filter(parameter => {
			if (!isTracking(parameter)) return true;
			names.push(parameter.replace(/^(?:amp;)+/, '').split('=', 1)[0] ?? '');
			return false;
		});
	if (names.length === 0) return undefined;
	const query = kept.filter(parameter => parameter !== '').length > 0 ? `?${kept.join('&')}` : '';
	return { address: address.slice(0, start - 1) + query + address.slice(end), names };
}
