/** What stands for parts of a page that cannot be shown, in the reader and in exported files. */

/** What such parts are called. */
const NAMES: ReadonlyMap<string, string> = new Map([
	['audio', 'Audio'],
	['video', 'Video'],
	['iframe', 'Embedded page'],
	['embed', 'Embedded content'],
	['object', 'Embedded content'],
	['svg', 'Drawing (SVG)'],
	['canvas', 'Drawing (canvas)'],
	['form', 'Form'],
]);

/** The words of a placeholder: what is there, and below it what it is. */
export interface PlaceholderWords {
	readonly title: string;
	/** In English; empty where the title says it all. */
	readonly detail: string;
	/** Whether the title is in English too, and not in the language of the article. */
	readonly isOwn: boolean;
}

/**
 * Says what cannot be shown.
 *
 * @param title what the article calls it; empty for nothing
 * @param host the site that it leads to; empty for none
 */
export function placeholderWords(kind: string, title: string, host: string): PlaceholderWords {
	const name = NAMES.get(kind) ?? 'Embedded content';
	if (host !== '')
		return title === ''
			? { title: name, detail: host, isOwn: true }
			: { title, detail: `${name} · ${host}`, isOwn: false };
	const why = kind === 'form' ? `${name}, which can be filled in on the page only` : `${name} not shown`;
	return title === '' ? { title: why, detail: '', isOwn: true } : { title, detail: why, isOwn: false };
}

/** How a control of a form looks. */
export interface ControlLook {
	readonly className: string;
	/** A character that shows its state; `undefined` for those with words. */
	readonly mark: string | undefined;
	readonly label: string;
}

const CONTROLS: ReadonlyMap<string, ControlLook> = new Map(
	Object.entries({
		button: {
			className: 'control control-button',
			mark: undefined,
			label: 'A button of the page, which does nothing here',
		},
		'checkbox-off': { className: 'check', mark: '☐', label: 'Not checked' },
		'checkbox-on': { className: 'check', mark: '☑', label: 'Checked' },
		field: { className: 'control', mark: undefined, label: 'A field of the page, which cannot be filled in here' },
		meter: { className: 'control', mark: undefined, label: 'A bar on the page' },
		'radio-off': { className: 'check', mark: '○', label: 'Not chosen' },
		'radio-on': { className: 'check', mark: '◉', label: 'Chosen' },
		select: {
			className: 'control control-select',
			mark: undefined,
			label: 'A choice on the page, which cannot be made here',
		},
	}),
);

/** How a kind of control looks; a field for one that is not known. */
export function controlLook(kind: string): ControlLook {
	return CONTROLS.get(kind) ?? { className: 'control', mark: undefined, label: 'A control of the page' };
}
