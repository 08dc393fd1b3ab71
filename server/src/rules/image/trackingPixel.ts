import { isStandIn } from '../../article/imageAddress.ts';
import type { Image } from '../../article/images.ts';
import { getAttribute, type Node, startTag } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import type { Resolver } from '../../links/resolve.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Hosts and paths of images that only count readers. */
const COUNTERS =
	/^https?:\/\/(?:(?:pixel|stats)\.wp\.com|stats\.wordpress\.com|pixel\.(?:quantserve|propublica|facebook|mathtag)\.(?:com|org)|(?:sb|b)\.scorecardresearch\.com|(?:www\.|ssl\.)?google-analytics\.com|(?:[\w-]+\.)*doubleclick\.net\/(?:activity|pagead)|(?:www\.)?facebook\.com\/tr[/?]|medium\.com\/_\/stat|feeds\.feedburner\.com\/~r\/|(?:[\w-]+\.)?feedsportal\.com\/.*\/mf\.gif|counter\.theconversation\.(?:com|edu\.au)\/|phar\.gu\.com\/count|(?:hm|hmcdn)\.baidu\.com\/hm\.gif|c\.statcounter\.com|counter\.yadro\.ru|bat\.bing\.com|px\.ads\.linkedin\.com|[\w.-]+\/(?:count(?:er)?|pixel|track(?:er|ing)?|stat|beacon)\.gif\?)/i;

/** The largest width and height of an image that nobody sees. */
const MOST_PIXELS = 2;

/** Reports images that show nothing and only tell a server that somebody reads the article. */
export const imageTrackingPixel: Rule = {
	id: 'image/tracking-pixel',
	severity: 'hint',
	check({ article, resolve }, report) {
		for (const image of article.images) {
			const host = counterOf(image, article.nodes[image.node] as Node, resolve);
			if (host === undefined) continue;
			const node = article.nodes[image.node] as Node;
			report({
				span: startTag(node),
				message: `The image shows nothing, and tells ${show(host)} who opens the article`,
				tag: 'unnecessary',
				fixes: () => [
					{
						title: 'Remove the tracking pixel',
						preferred: true,
						edits: [image.node, ...image.twins].map(at => {
							const { start, end } = article.nodes[at] as Node;
							return { span: span(start, end), newText: '' };
						}),
					},
				],
			});
		}
	},
};

/** Returns the host that an image tells of a reader; `undefined` if it is meant to be seen. */
function counterOf({ source, lazy, width, height }: Image, node: Node, resolve: Resolver): string | undefined {
	if (!source || lazy) return undefined;
	const isTiny =
		(width !== undefined && height !== undefined && width <= MOST_PIXELS && height <= MOST_PIXELS) ||
		isTinyByStyle(node);
	if (!isTiny && !COUNTERS.test(source.value)) return undefined;
	// A spacer of a layout.
	if (isStandIn(source.value) && !source.value.includes('?')) return undefined;
	const resolution = resolve(source.value);
	return resolution.kind === 'url' && /^https?:$/.test(resolution.url.protocol) ? resolution.url.hostname : undefined;
}

function isTinyByStyle(node: Node): boolean {
	const style = getAttribute(node, 'style');
	return (
		style !== undefined &&
		/(?:^|[\s;])width\s*:\s*[012](?:px)?\s*(?:;|!|$)/i.test(style) &&
		/(?:^|[\s;])height\s*:\s*[012](?:px)?\s*(?:;|!|$)/i.test(style)
	);
}
