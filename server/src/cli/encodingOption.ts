import { InvalidArgumentError } from 'commander';
import { isEncoding } from './encoding.ts';

/** What the option `--encoding` is for. */
export const ENCODING_HELP = 'the encoding of files that are not UTF-8, as gbk, big5, shift_jis or utf-16le';

/** The value of the option `--encoding`. */
export function parseEncoding(value: string): string {
	if (!isEncoding(value)) throw new InvalidArgumentError('It must be the name of an encoding that browsers know.');
	return value;
}
