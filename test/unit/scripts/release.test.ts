import assert from 'node:assert/strict';
import { UsageError } from '../../../scripts/host/command.ts';
import { nextVersion, releaseChangelog } from '../../../scripts/release.ts';

const CHANGES = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-01-02\n\n- All.\n';

describe('the version of a release', () => {
	for (const [current, wanted, next] of [
		['0.1.0', 'patch', '0.1.1'],
		['0.1.9', 'minor', '0.2.0'],
		['0.9.9', 'major', '1.0.0'],
		['0.9.9', '0.10.0', '0.10.0'],
		['1.2.3', '2.0.0', '2.0.0'],
	] as const) {
		it(`is ${next} for ${wanted} after ${current}`, () => {
			assert.equal(nextVersion(current, wanted), next);
		});
	}

	for (const wanted of ['1.2.3', '1.2.2', '1.1.9', '0.9.9', '1.3', 'v1.3.0', '1.3.0-beta', '01.3.0', 'next', '']) {
		it(`is not ${JSON.stringify(wanted)} after 1.2.3`, () => {
			assert.throws(() => nextVersion('1.2.3', wanted), UsageError);
		});
	}
});

describe('the changelog of a release', () => {
	it('gets a heading below “Unreleased”', () => {
		assert.equal(
			releaseChangelog(CHANGES, '0.2.0', '2026-03-04'),
			CHANGES.replace('## [Unreleased]\n', '## [Unreleased]\n\n## [0.2.0] - 2026-03-04\n'),
		);
	});

	it('must have unreleased changes', () => {
		assert.throws(() => releaseChangelog(CHANGES.replace('- A thing.\n', ''), '0.2.0', 'd'), /nothing to release/);
		assert.throws(() => releaseChangelog('# Changelog\n\n- A thing.\n', '0.2.0', 'd'), /has no heading/);
	});
});
