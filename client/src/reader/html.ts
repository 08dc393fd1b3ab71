/** What the document of a reader needs from where it is shown. */
export interface ReaderDocument {
	/** Addresses of the page's script and style sheet. */
	readonly script: string;
	readonly style: string;
	/** From where script and local pictures come, as a source of a content security policy. */
	readonly origin: string;
	/** Unguessable, and never used twice. */
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
<html lang="${encode(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${encode(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Reader</title>
<link rel="stylesheet" href="${encode(style)}">
</head>
<body>
<script nonce="${encode(nonce)}" src="${encode(script)}"></script>
</body>
</html>
`;
}

function encode(value: string): string {
	return value.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
