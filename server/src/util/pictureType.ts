import { splitName } from './path.ts';

/** The extension of a picture by its media type; others are named by their subtype. */
const EXTENSIONS: Readonly<Record<string, string>> = {
	'image/jpeg': '.jpg',
	'image/svg+xml': '.svg',
	'image/tiff': '.tif',
	'image/vnd.microsoft.icon': '.ico',
	'image/x-icon': '.ico',
	'image/x-ms-bmp': '.bmp',
};

/** Extensions of pictures. */
const PICTURE = /\.(?:apng|avif|bmp|gif|heic|heif|ico|jfif|jpe?g|jxl|png|svg|tiff?|webp)$/i;

/** Whether a file is a picture, by its media type or its name. */
export function isPicture({ name, type }: { readonly name: string; readonly type: string }): boolean {
	return type.startsWith('image/') || PICTURE.test(name);
}

/** The extension for a picture: that of its name if it is one of pictures, else that of its media type. */
export function pictureExtension(name: string, type: string): string {
	const { extension } = splitName(name);
	if (PICTURE.test(extension)) return extension;
	const subtype = /^image\/(?:x-)?([a-z0-9]{1,12})/i.exec(type)?.[1];
	return EXTENSIONS[type] ?? (subtype === undefined ? extension : `.${subtype}`);
}
