import { encodeHtml } from '../../../server/src/util/html.ts';

/** What the document of a reader needs from where it is shown. */
export interface ReaderDocument {
	/** Addresses of the page's script and style sheet. */
	readonly script: string;
	readonly style: string;
	/** From where script and local pictures come, as a source of a content security policy. */
	readonly origin: string;
	/** Unguessable. */
	readonly nonce: string;
	/** Whether pictures may come from other sites. */
	readonly remotePictures: boolean;
	/** The language of the user interface, as a BCP 47 tag. */
	readonly language: string;
}

/**
 * The document that a reader's page runs in. Nothing of an article is in it. The policy lets nothing run but the page's own
 * script, and nothing be fetched but its style sheet and pictures; from other sites only where they were allowed.
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
