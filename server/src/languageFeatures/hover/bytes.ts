import { counted } from '../../util/words.ts';
/** Formats a number of bytes with SI units. */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return counted(bytes, 'byte');
	const kilobytes = bytes / 1000;
	if (kilobytes < 999.5) return `${kilobytes < 9.95 ? kilobytes.toFixed(1) : Math.round(kilobytes)} kB`;
	const megabytes = bytes / 1_000_000;
	return `${megabytes < 9.95 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}
