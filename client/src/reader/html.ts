import { encodeHtml } from '../../../server/src/util/html.ts';

/** The parts of a reader's document that depend on the webview. */
export interface ReaderDocument {
	/** URLs of the page's script and style sheet. */
	readonly script: string;
	readonly style: string;
	/** The origin of the script and of local images, as a source expression of a content security policy. */
	readonly origin: string;
	/** A random, unguessable value. */
	readonly nonce: string;
	/** Whether remote images are allowed. */
	readonly remotePictures: boolean;
	/** The language of the user interface, as a BCP 47 tag. */
	readonly language: string;
}

/**
 * Returns the HTML document of a reader's page. It contains nothing of an article. Its content security policy allows only the
 * page's own script, its style sheet, and images; remote images only if `remotePictures` is set.
 */
export function readerHtml({ script, style, origin, nonce, remotePictures, language }: ReaderDocument): string {
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src ${origin}`,
		`img-src ${origin} data:${remotePictures ? ' https: http:' : ''}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	return `<!DOCTYPE html>
<html lang="${encodeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${encodeHtml(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Reader</title>
<link rel="stylesheet" href="${encodeHtml(style)}">
</head>
<body>
<script nonce="${encodeHtml(nonce)}" src="${encodeHtml(script)}"></script>
</body>
</html>
`;
}
