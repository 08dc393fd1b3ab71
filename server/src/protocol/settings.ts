/** The type of a setting, in terms of JSON Schema, as in VS Code's manifest. */
type Schema =
	| { readonly type: 'boolean'; readonly default: boolean }
	| {
			readonly type: 'number' | 'integer';
			readonly default: number;
			readonly minimum: number;
			readonly maximum?: number;
	  }
	| { readonly type: 'string'; readonly default: string; readonly enum?: readonly string[] }
	| {
			readonly type: 'object';
			readonly default: Readonly<Record<string, string>>;
			readonly additionalProperties: { readonly type: 'string' };
	  };

/** All settings. */
export const SETTINGS = {
	'marginalia.detection': { type: 'string', enum: ['auto', 'off'], default: 'auto' },
	'marginalia.furniture': { type: 'string', enum: ['fold', 'show'], default: 'fold' },
	'marginalia.annotations.author': { type: 'string', default: '' },
	'marginalia.annotations.carrier': { type: 'string', enum: ['sidecar', 'inline'], default: 'sidecar' },
	'marginalia.format.indent': { type: 'boolean', default: true },
	'marginalia.autoClosingTags': { type: 'boolean', default: true },
	'marginalia.autoCreateQuotes': { type: 'boolean', default: true },
	'marginalia.newBlockOnEnter': { type: 'boolean', default: true },
	'marginalia.paste': { type: 'string', enum: ['auto', 'offer', 'off'], default: 'auto' },
	'marginalia.copyFiles.destination': { type: 'object', default: {}, additionalProperties: { type: 'string' } },
	'marginalia.copyFiles.overwriteBehavior': {
		type: 'string',
		enum: ['nameIncrementally', 'overwrite'],
		default: 'nameIncrementally',
	},
	'marginalia.reader.fontSize': { type: 'number', default: 17, minimum: 10, maximum: 40 },
	'marginalia.reader.lineHeight': { type: 'number', default: 1.6, minimum: 1, maximum: 3 },
	'marginalia.reader.width': { type: 'string', enum: ['narrow', 'medium', 'wide', 'full'], default: 'medium' },
	'marginalia.reader.font': { type: 'string', enum: ['serif', 'sans'], default: 'serif' },
	'marginalia.reader.remoteImages': { type: 'string', enum: ['allow', 'ask', 'block'], default: 'ask' },
	'marginalia.reader.sync': { type: 'boolean', default: true },
	'marginalia.links.network': { type: 'string', enum: ['onSave', 'onCommand', 'off'], default: 'onSave' },
	'marginalia.links.allowPrivate': { type: 'boolean', default: false },
	'marginalia.links.timeout': { type: 'number', default: 20, minimum: 1, maximum: 300 },
	'marginalia.links.concurrency': { type: 'integer', default: 128, minimum: 1, maximum: 512 },
	'marginalia.links.furniture': { type: 'boolean', default: false },
	'marginalia.server.timeout': { type: 'number', default: 60, minimum: 0 },
	'marginalia.trace.server': { type: 'string', enum: ['off', 'messages', 'verbose'], default: 'off' },
} as const satisfies Readonly<Record<`marginalia.${string}`, Schema>>;

export type SettingName = keyof typeof SETTINGS;

/** The type of a setting's values. */
export type SettingValue<N extends SettingName> = ValueOf<(typeof SETTINGS)[N]>;
type ValueOf<S extends Schema> = S extends { readonly enum: readonly (infer T)[] }
	? T
	: S['default'] extends boolean
		? boolean
		: S['default'] extends number
			? number
			: S['default'] extends string
				? string
				: Readonly<Record<string, string>>;

/** Sections of settings that are read or watched as a whole. */
export const SECTIONS = {
	annotations: 'marginalia.annotations',
	links: 'marginalia.links',
	reader: 'marginalia.reader',
} as const;

/**
 * Reads the value of a setting. Missing and invalid values fall back to the default, and numbers are clamped to the allowed range.
 *
 * @param usual replaces the default, for editors that do not know the setting
 */
export function readSetting<N extends SettingName>(
	name: N,
	value: unknown,
	usual: SettingValue<N> = SETTINGS[name].default as SettingValue<N>,
): SettingValue<N> {
	return (valid(SETTINGS[name], value) as SettingValue<N> | undefined) ?? usual;
}

function valid(
	schema: Schema,
	value: unknown,
): boolean | number | string | Readonly<Record<string, string>> | undefined {
	switch (schema.type) {
		case 'object':
			if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
			// A copy: VS Code's own object cannot be posted to a worker.
			return Object.values(value).every(one => typeof one === 'string') ? { ...value } : undefined;
		case 'boolean':
			return typeof value === 'boolean' ? value : undefined;
		case 'string':
			return typeof value === 'string' && (schema.enum?.includes(value) ?? true) ? value : undefined;
		default:
			if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
			return Math.min(schema.maximum ?? Number.POSITIVE_INFINITY, Math.max(schema.minimum, value));
	}
}
