/** Sets of HTML elements that several features use. */

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements that start on a new line (WHATWG HTML, "Rendering: Flow content", tables, lists). */
export const BLOCK_ELEMENTS = names(
	'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp',
);

/** Elements whose content readers see as a unit, however much there is. */
export const UNIT_ELEMENTS = names('figure pre table');

/** Elements that embed an external resource other than an image. */
export const EMBED_ELEMENTS = names('iframe embed object video audio');

/** Elements without an end tag (WHATWG HTML, "void elements", and those that browsers treat alike). */
export const VOID_ELEMENTS = names(
	'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);

/** Elements that the parser reopens if another element ends inside them (WHATWG HTML, "formatting"). */
export const FORMATTING_ELEMENTS = names('a b big code em font i nobr s small strike strong tt u');

/** `h1` to `h6`. */
export const HEADING_ELEMENTS = names('h1 h2 h3 h4 h5 h6');
