import { startsWithHttp } from '../../links/resolve.ts';
import { isScript } from '../html/unsafe.ts';
import type { Rule } from '../rule.ts';
import { findDamage, literalScheme } from '../urlDamage.ts';
import { show } from '../write.ts';
import { oddLinks } from './queries.ts';

/** Schemes that work for every reader. */
const SHARED = new Set(
	(
		'http https mailto tel sms mms ftp ftps sftp magnet geo maps news nntp irc ircs xmpp sip sips webcal feed doi urn ' +
		'bitcoin ethereum monero lightning ipfs ipns gopher gemini nostr matrix ed2k thunder rtsp rtmp ws wss ' +
		'tg whatsapp weixin skype facetime intent market itms itms-apps'
	).split(' '),
);

/** Schemes that work only on the author's computer. */
const LOCAL = new Set(
	'file blob about chrome chrome-extension moz-extension safari-extension resource view-source'.split(' '),
);

/** Reports links with a scheme that works only on the author's computer, or nowhere. */
export const linkScheme: Rule = {
	id: 'link/scheme',
	severity: 'warning',
	check({ article, localFile }, report) {
		for (const { href } of oddLinks(article)) {
			if (!href || startsWithHttp(href.value)) continue;
			const name = literalScheme(href.value);
			if (name === undefined || SHARED.has(name) || name.startsWith('web+')) continue;
			// html/unsafe reports scripts, and link/invalid-url reports typos.
			if (isScript(href.value) || findDamage(href.value)) continue;
			const address = show(href.value);
			report({
				span: href.span,
				message: localFile(href.value)?.outside
					? `The URL ${address} points outside the archive, and works only on its author's computer`
					: LOCAL.has(name)
						? `The URL ${address} works only on its author's computer`
						: name === 'data'
							? `Browsers do not open links to data: URLs such as ${address}`
							: `The URL ${address} has the unknown scheme ${show(name)}`,
			});
		}
	},
};
