/** Placeholders for content that cannot be shown, in the reader and in exported files. */

/** The names of such content, by kind. */
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

/** The text of a placeholder. */
export interface PlaceholderWords {
	readonly title: string;
	/** Additional text in English, shown below the title; may be empty. */
	readonly detail: string;
	/** Whether the title is in English, rather than in the language of the article. */
	readonly isOwn: boolean;
}

/**
 * Returns the text of a placeholder.
 *
 * @param title the title in the article; may be empty
 * @param host the host of the content; empty if unknown
 */
export function placeholderWords(kind: string, title: string, host: string): PlaceholderWords {
	const name = NAMES.get(kind) ?? 'Embedded content';
	if (host !== '')
		return title === ''
			? { title: name, detail: host, isOwn: true }
			: { title, detail: `${name} · ${host}`, isOwn: false };
	const why = kind === 'form' ? `${name}, which can only be filled in on the page` : `${name} not shown`;
	return title === '' ? { title: why, detail: '', isOwn: true } : { title, detail: why, isOwn: false };
}

/** The appearance of a form control. */
export interface ControlLook {
	readonly className: string;
	/** A character that shows its state; `undefined` for controls with text. */
	readonly mark: string | undefined;
	readonly label: string;
}

const CONTROLS: ReadonlyMap<string, ControlLook> = new Map(
	Object.entries({
		button: {
			className: 'control control-button',
			mark: undefined,
			label: 'A button, inactive in the reader',
		},
		'checkbox-off': { className: 'check', mark: '☐', label: 'Not checked' },
		'checkbox-on': { className: 'check', mark: '☑', label: 'Checked' },
		field: { className: 'control', mark: undefined, label: 'A form field, inactive in the reader' },
		meter: { className: 'control', mark: undefined, label: 'A meter or progress bar' },
		'radio-off': { className: 'check', mark: '○', label: 'Not selected' },
		'radio-on': { className: 'check', mark: '◉', label: 'Selected' },
		select: {
			className: 'control control-select',
			mark: undefined,
			label: 'A selection list, inactive in the reader',
		},
	}),
);

/** Returns the appearance of a control; a generic one for unknown kinds. */
export function controlLook(kind: string): ControlLook {
	return CONTROLS.get(kind) ?? { className: 'control', mark: undefined, label: 'A form control' };
}
