import { MarkupKind } from 'vscode-languageserver';
import { safeMarkdown } from '../../annotations/safeMarkdown.ts';

/** How a client wants hovers. */
export interface HoverOptions {
	readonly kind: MarkupKind;
	/** Whether it understands `![alt](address|width=400)`, as VS Code does. */
	readonly scalesPictures: boolean;
	/** The IANA name of the user's time zone; `undefined` for that of this machine. */
	readonly timeZone: string | undefined;
}

/** Writes text for people, in Markdown or plain. Every argument is arbitrary text unless it says otherwise. */
export interface Markup {
	text(value: string): string;
	/** What a person wrote in Markdown. */
	prose(value: string): string;
	strong(value: string): string;
	emphasis(value: string): string;
	/** Characters as they are. */
	code(value: string): string;
	/** A link to an absolute, percent-encoded address. */
	link(label: string, address: string): string;
	/**
	 * A picture from an absolute, percent-encoded address; nothing in plain text.
	 *
	 * @param width in CSS pixels; its own if `undefined`
	 */
	picture(alt: string, address: string, width: number | undefined): string;
	/** Lines as one paragraph each; those that are empty are left out. Takes what the other functions return. */
	lines(lines: readonly (string | false | undefined)[]): string;
	/** Sections with a rule between them. Takes what `lines` returns. */
	sections(sections: readonly string[]): string;
}

/** The markup that a client asked for. */
export function createMarkup({ kind, scalesPictures }: HoverOptions): Markup {
	return kind === MarkupKind.Markdown ? markdown(scalesPictures) : PLAIN;
}

const PLAIN: Markup = {
	text: oneLine,
	prose: value => value.trim(),
	strong: oneLine,
	emphasis: oneLine,
	code: oneLine,
	link: (label, address) => {
		const shown = oneLine(label);
		return shown === address ? address : `${shown} (${address})`;
	},
	picture: () => '',
	lines: lines => lines.filter(Boolean).join('\n'),
	sections: sections => sections.filter(Boolean).join('\n\n'),
};

/** CommonMark, as VS Code renders it. */
function markdown(scalesPictures: boolean): Markup {
	const wrapped = (mark: string, value: string): string => {
		const inner = escapeMarkdown(value);
		return inner && `${mark}${inner}${mark}`;
	};
	return {
		text: escapeMarkdown,
		prose: safeMarkdown,
		strong: value => wrapped('**', value),
		emphasis: value => wrapped('*', value),
		code: codeSpan,
		link: (label, address) => `[${escapeMarkdown(label)}](<${encodeDelimiters(address)}>)`,
		picture(alt, address, width) {
			const size = scalesPictures && width !== undefined ? `|width=${Math.max(1, Math.round(width))}` : '';
			const label = oneLine(alt).replace(/[\\[\]<>`*_!]/g, ' ');
			return `![${label.trim()}](<${encodeDelimiters(address)}${size}>)`;
		},
		lines: lines => lines.filter(Boolean).join('\n\n'),
		sections: sections => sections.filter(Boolean).join('\n\n---\n\n'),
	};
}

/** Text that Markdown shows as it is, on one line. */
function escapeMarkdown(value: string): string {
	return oneLine(value)
		.replace(/[\\`*_[\]<>~|&]/g, '\\$&')
		.replace(/^([#+=-])/, '\\$1')
		.replace(/^(\d+)([.)])/, '$1\\$2');
}

function codeSpan(value: string): string {
	const shown = oneLine(value);
	if (shown === '') return '';
	let longest = 0;
	for (const [run] of shown.matchAll(/`+/g)) longest = Math.max(longest, run.length);
	const fence = '`'.repeat(longest + 1);
	const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
	return `${fence}${pad}${shown}${pad}${fence}`;
}

/** What would end the destination of a link, and VS Code's sign before a picture's size. */
function encodeDelimiters(address: string): string {
	return address.replace(/[<>\\|\s]/g, unit => encodeURIComponent(unit));
}

function oneLine(value: string): string {
	return value.replace(/[\s\u3000]+/g, ' ').trim();
}

/** A number of bytes for people, in SI units. */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
	const kilobytes = bytes / 1000;
	if (kilobytes < 999.5) return `${kilobytes < 9.95 ? kilobytes.toFixed(1) : Math.round(kilobytes)} kB`;
	const megabytes = bytes / 1_000_000;
	return `${megabytes < 9.95 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}
