/** Sets of HTML elements that several features ask for. */

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements that start a line of their own (WHATWG HTML, "Rendering: Flow content" and tables, lists). */
export const BLOCK_ELEMENTS = names(
	'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp',
);

/** Elements whose content is one thing to a reader, however much stands in it. */
export const UNIT_ELEMENTS = names('figure pre table');

/** Elements that show something fetched from elsewhere, other than a picture. */
export const EMBED_ELEMENTS = names('iframe embed object video audio');

/** Elements that have no end tag (WHATWG HTML, "void elements", and those that browsers treat likewise). */
export const VOID_ELEMENTS = names(
	'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);

/** Elements that the parser opens again where others end inside them (WHATWG HTML, "formatting"). */
export const FORMATTING_ELEMENTS = names('a b big code em font i nobr s small strike strong tt u');

/** `h1` to `h6`. */
export const HEADING_ELEMENTS = names('h1 h2 h3 h4 h5 h6');
