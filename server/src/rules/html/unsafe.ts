import type { Article } from '../../article/article.ts';
import { type Attribute, getAttribute, hasEndTag, type Node, startTag, writtenName } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import { ATTRIBUTED, UNRENDERED } from '../../article/traits.ts';
import { nodesThat } from '../../article/tree.ts';
import { quickSet } from '../names.ts';
import type { Finding, Fix, Rule } from '../rule.ts';
import { removeAttribute, show } from '../write.ts';
import { CORRECTIONS } from './misspellings.ts';

const isMisspelling = quickSet(CORRECTIONS.keys());

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Attributes that take a URL (WHATWG HTML, "attributes"; SVG; obsolete attributes). */
const takesAddress = quickSet(
	names(
		'href src action formaction data poster background cite longdesc manifest ping icon classid code codebase archive usemap profile dynsrc lowsrc ' +
			'from to values by folder',
	),
);

/** Events that have a handler attribute (WHATWG HTML, "event handlers"; pointer, touch, transition and animation events; SVG). */
const EVENTS = names(
	'abort activate afterprint afterscriptexecute animationcancel animationend animationiteration animationstart auxclick beforecopy beforecut ' +
		'beforeinput beforematch beforepaste beforeprint beforescriptexecute beforetoggle beforeunload begin blur bounce cancel canplay ' +
		'canplaythrough change click close command contentvisibilityautostatechange contextlost contextmenu contextrestored copy cuechange cut ' +
		'dblclick drag dragend dragenter dragexit dragleave dragover dragstart drop durationchange emptied end ended error finish focus focusin ' +
		'focusout formdata fullscreenchange fullscreenerror gotpointercapture hashchange input invalid keydown keypress keyup languagechange load ' +
		'loadeddata loadedmetadata loadend loadstart lostpointercapture message messageerror mousedown mouseenter mouseleave mousemove mouseout ' +
		'mouseover mouseup mousewheel offline online pagehide pagereveal pageshow pageswap paste pause play playing pointercancel pointerdown ' +
		'pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate progress propertychange ratechange ' +
		'readystatechange rejectionhandled repeat reset resize scroll scrollend scrollsnapchange scrollsnapchanging search securitypolicyviolation ' +
		'seeked seeking select selectionchange selectstart show slotchange stalled start storage submit suspend timeupdate toggle touchcancel ' +
		'touchend touchmove touchstart transitioncancel transitionend transitionrun transitionstart unhandledrejection unload volumechange ' +
		'waiting webkitanimationend webkitanimationiteration webkitanimationstart webkittransitionend wheel',
);

/** Reports markup that could run a script, or redirect the reader or the article's links, when the article is shown as a page. */
export const htmlUnsafe: Rule = {
	id: 'html/unsafe',
	severity: 'warning',
	check({ article }, report) {
		const { text, nodes } = article;
		for (const index of suspects(article)) {
			const node = nodes[index] as Node;
			const whole = elementFault(node);
			if (whole !== undefined) report(removable(node, whole));
			for (const attribute of node.attributes) {
				const message = faultOf(node, attribute);
				if (message === undefined) continue;
				const name = writtenName(attribute);
				report({
					span: node.attributeSpan(name) ?? startTag(node),
					message,
					fixes: () => [
						{ title: `Remove the attribute ${name}`, preferred: true, edits: removeAttribute(text, node, name) },
					],
				});
			}
		}
	},
};

/** Returns the elements that are unsafe or have a misspelt attribute. Two rules share this, since it visits all attributes. */
export function suspects({ body }: Article): readonly number[] {
	return nodesThat(body, ATTRIBUTED | UNRENDERED, isSuspect);
}

function isSuspect(node: Node): boolean {
	if (elementFault(node) !== undefined) return true;
	for (const attribute of node.attributes)
		if (faultOf(node, attribute) !== undefined || isMisspelling(attribute.name)) return true;
	return false;
}

/** Returns the message for an unsafe element. */
function elementFault(node: Node): string | undefined {
	switch (node.nodeName) {
		case 'script':
			return isProgram(node) ? 'The article contains a script' : undefined;
		case 'base':
			return getAttribute(node, 'href') === undefined
				? undefined
				: 'The base element changes the base URL of all links and images';
		case 'meta':
			return /^\s*refresh\s*$/i.test(getAttribute(node, 'http-equiv') ?? '')
				? 'The meta element redirects to another page'
				: undefined;
		default:
			return undefined;
	}
}

/** Whether a URL is a script, `javascript:` or similar, in any spelling that browsers accept. */
export function isScript(value: string): boolean {
	const first = value.charCodeAt(0);
	// The first character rules out most URLs. The rest are stripped as the URL standard prescribes.
	if (first > 32 && !/^[jvl]/i.test(value)) return false;
	return /^[\0- ]*(?:javascript|vbscript|livescript):/i.test(value.replace(/[\t\n\r]+/g, ''));
}

function faultOf(node: Node, attribute: Attribute): string | undefined {
	const { name, value } = attribute;
	if (name.charCodeAt(0) === 111 && name.charCodeAt(1) === 110) {
		return EVENTS.has(name.slice(2)) ? `The event handler ${name} runs a script` : undefined;
	}
	if (name.length === 6 && name === 'srcdoc') return 'The attribute srcdoc embeds a page, which can run scripts';
	if (!takesAddress(name)) return undefined;
	// The values of an animation are separated by semicolons.
	const scripted = name === 'values' ? value.split(';').some(isScript) : isScript(value);
	if (scripted) return `The attribute ${writtenName(attribute)} contains a script: ${show(value)}`;
	return isFrame(node) &&
		/^[\0- ]*d[\t\n\r]*a[\t\n\r]*t[\t\n\r]*a[\t\n\r]*:\s*(?!image\/(?!svg)|audio\/|video\/|application\/pdf)/i.test(
			value,
		)
		? `The attribute ${writtenName(attribute)} embeds a page, which can run scripts`
		: undefined;
}

function isFrame(node: Node): boolean {
	return (
		node.nodeName === 'iframe' || node.nodeName === 'object' || node.nodeName === 'embed' || node.nodeName === 'frame'
	);
}

/** Whether a script element is executed, rather than just holding data (WHATWG HTML, "prepare the script element"). */
function isProgram(node: Node): boolean {
	const type = getAttribute(node, 'type');
	return (
		!type?.trim() ||
		/^\s*(?:module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma|j|live|vb)script[\d.]*)\s*(?:;|$)/i.test(
			type,
		)
	);
}

/** Creates a finding on the start tag, because the element may be long. The fix removes the element. */
function removable(node: Node, message: string): Finding {
	const fix: Fix = {
		title: `Remove the element ${node.nodeName}`,
		preferred: true,
		edits: [{ span: span(node.start, node.end), newText: '' }],
	};
	// A script without an end tag contains the rest of the article.
	const whole = node.nodeName !== 'script' || node.foreign || hasEndTag(node);
	return { span: startTag(node), message, fixes: () => (whole ? [fix] : []) };
}
