import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { article, CLEAN, marginalia, temporaryFolder } from './support.ts';

const CHINESE = article(
	'<p>渡轮恢复通航的第一天，码头上站满了人。老人说，他们等这一天已经等了很久。</p><p><a>船票</a>在早上就卖完了，许多人只好第二天再来。</p>',
	'渡轮复航',
);
const TRADITIONAL = article(
	'<p>渡輪恢復通航的第一天，碼頭上站滿了人。老人說，他們等這一天已經等了很久。</p><p><a>船票</a>在早上就賣完了，許多人只好第二天再來。</p>',
	'渡輪復航',
);
const JAPANESE = article(
	'<p>フェリーが再び動き出した朝、港には多くの人が集まっていた。長い間この日を待っていたという。</p><p><a>切符</a>は午前中に売り切れた。</p>',
	'フェリー再開',
);

/** A text in an encoding that Node reads but cannot write, made of what it reads each pair of bytes as. */
function encode(text: string, encoding: string): Buffer {
	if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
	if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
	const bytes = new Map<string, Buffer>();
	const decoder = new TextDecoder(encoding);
	for (let lead = 0x81; lead < 0xff; lead++) {
		for (let trail = 0x40; trail < 0xff; trail++) {
			const pair = Buffer.of(lead, trail);
			const character = decoder.decode(pair);
			if (!bytes.has(character)) bytes.set(character, pair);
		}
	}
	return Buffer.concat([...text].map(character => bytes.get(character) ?? Buffer.from(character, 'latin1')));
}

/** Each file: its name, its content, the label of its encoding, and what it is said to be in. */
const files: readonly (readonly [name: string, text: string, label: string, said: string])[] = [
	['gbk.md', CHINESE, 'gbk', 'seems to be in GBK'],
	['big5.md', TRADITIONAL, 'big5', 'seems to be in Big5'],
	['sjis.md', JAPANESE, 'shift_jis', 'seems to be in Shift_JIS'],
	['wide.md', `\ufeff${CHINESE}`, 'utf-16le', 'is in UTF-16LE'],
	['wider.md', `\ufeff${CHINESE}`, 'utf-16be', 'is in UTF-16BE'],
	['unmarked.md', CHINESE, 'utf-16le', 'is in UTF-16LE'],
];

describe('encodings on the command line', () => {
	const folder = temporaryFolder();

	for (const [name, text, label, said] of files) {
		it(`reports ${label} in ${name}, and reads it with --encoding`, async () => {
			folder.put({ [name]: encode(text, label), 'utf8.md': text.replace('\ufeff', '') });
			const refused = await folder.check('--format', 'json');
			const advice = `${said}, not in UTF-8: save it as UTF-8, or read it with --encoding ${label}`;
			assert.equal(refused.stderr, `marginalia: ${name}: ${advice}\n`);
			assert.equal(refused.code, 2);
			const { files } = await folder.report(['--encoding', label]);
			const problemsOf = (path: string) =>
				files.find(file => file.path === path)?.problems.map(({ rule, line, column }) => [rule, line, column]);
			assert.ok((problemsOf('utf8.md') ?? []).length > 0);
			assert.deepEqual(problemsOf(name), problemsOf('utf8.md'));
		});
	}

	it('writes only UTF-8', async () => {
		const bytes = encode(CHINESE.replace('<a>船票</a>', '<time pudate="2021-12-16">今天</time>'), 'gbk');
		folder.put({ 'gbk.md': bytes });
		const fixed = await folder.check('--fix', '--encoding', 'gbk');
		const reason = 'it is in GBK, but only UTF-8 can be written: convert it first';
		assert.deepEqual([fixed.stderr, fixed.code], [`marginalia: gbk.md: could not be fixed: ${reason}\n`, 2]);
		const formatted = await marginalia(['format', '--encoding', 'gbk'], { cwd: folder.path });
		assert.match(formatted.stderr, new RegExp(`^marginalia: gbk\\.md: could not be formatted: ${reason}\n`));
		assert.equal(formatted.code, 2);
		assert.deepEqual(readFileSync(join(folder.path, 'gbk.md')), bytes);
		const checked = await marginalia(['format', '--check', '--encoding', 'gbk'], { cwd: folder.path });
		assert.deepEqual([checked.stdout, checked.code], ['gbk.md\n', 1]);
	});

	it('reports a file that is not in the given encoding', async () => {
		folder.put({ 'cut.md': Buffer.concat([encode(CHINESE, 'gbk'), Buffer.of(0xff)]), 'ok.md': CLEAN });
		const { stderr, code } = await folder.check('--encoding', 'gbk');
		assert.match(stderr, /^marginalia: cut\.md: is neither UTF-8 nor GBK: byte 0x[0-9A-F]{2} in line 2\n$/);
		assert.equal(code, 2);
	});

	it('rejects unknown encodings', async () => {
		const { stderr, code } = await folder.check('--encoding', 'ebcdic');
		assert.match(
			stderr,
			/argument 'ebcdic' is invalid\. It must be an encoding label of the WHATWG Encoding Standard\.\n/,
		);
		assert.equal(code, 2);
	});
});
