import { InvalidArgumentError } from 'commander';
import { isEncoding } from './encoding.ts';

/** Help for the option `--encoding`. */
export const ENCODING_HELP = 'encoding of files that are not UTF-8, such as gbk, big5, shift_jis or utf-16le';

/** Parses the value of the option `--encoding`. */
export function parseEncoding(value: string): string {
	if (!isEncoding(value))
		throw new InvalidArgumentError('It must be an encoding label of the WHATWG Encoding Standard.');
	return value;
}
