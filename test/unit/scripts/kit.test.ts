import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { ROOT } from '../../../scripts/host/paths.ts';
import { COMPILED_SUITES } from '../../../scripts/suites/compile.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
	cwd: ROOT,
	encoding: 'utf8',
})
	.split('\0')
	.filter(name => name !== '');
const { scripts, engines } = JSON.parse(read('package.json')) as {
	scripts: Readonly<Record<string, string>>;
	engines: { node: string };
};

/** The npm scripts that a text runs. */
function scriptsIn(text: string): string[] {
	return [...text.matchAll(/npm (?:--silent )?(?:run (\w[\w:-]*)|(test|start))/g)].map(
		match => match[1] ?? match[2] ?? '',
	);
}

/** A form or workflow; fails where it is not valid YAML. */
function yaml(path: string): unknown {
	const document = parseDocument(read(path), { strict: true, uniqueKeys: true });
	assert.deepEqual([...document.errors, ...document.warnings].map(String), [], path);
	return document.toJS();
}

interface IssueForm {
	readonly name: string;
	readonly description: string;
	readonly body: readonly {
		readonly type: string;
		readonly id?: string;
		readonly attributes: { readonly label?: string; readonly value?: string; readonly options?: readonly string[] };
	}[];
}

describe('the documents for contributors', () => {
	for (const path of ['CONTRIBUTING.md', 'README.md', 'ARCHITECTURE.md', '.github/workflows/ci.yml', '.ci/run']) {
		it(`name npm scripts that exist, in ${path}`, () => {
			const named = scriptsIn(read(path));
			if (path !== 'ARCHITECTURE.md') assert.ok(named.length > 0);
			assert.deepEqual(
				named.filter(name => !(name in scripts)),
				[],
			);
		});
	}

	for (const path of ['CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md', 'README.md', 'server/README.md']) {
		it(`link to files that exist, in ${path}`, () => {
			const targets = [
				...read(path)
					.replace(/`[^`\n]*`/g, '')
					.matchAll(/\]\((?!https?:|#)([^)#]+)/g),
			].map(([, target = '']) => join(path, '..', decodeURI(target)).replaceAll('\\', '/'));
			const missing = targets.filter(
				target => !tracked.some(file => file === target || file.startsWith(`${target.replace(/\/$/, '')}/`)),
			);
			assert.deepEqual(missing, []);
		});
	}

	it('name files and folders that exist, in CONTRIBUTING.md', () => {
		const paths = [
			...read('CONTRIBUTING.md').matchAll(/`((?:server|client|test|scripts|docs|schemas|examples)\/[\w./-]+)`/g),
		]
			.map(([, path = '']) => path.replace(/\/$/, ''))
			.filter(path => !tracked.some(file => file === path || file.startsWith(`${path}/`)));
		assert.deepEqual(paths, []);
	});

	it('contain no URL of an unknown repository', () => {
		const texts = tracked.filter(path => !/^test\/|(?:^|\/)package-lock\.json$|\.(?:png|jpg|webp|gif)$/.test(path));
		const hosts = /\b(?:github|gitlab|bitbucket|codeberg|gitee)\.(?:com|org)\/[\w-]+/gi;
		const found = texts.flatMap(path => [...read(path).matchAll(hosts)].map(([address]) => `${path}: ${address}`));
		assert.deepEqual(found, []);
	});
});

describe('the files for GitHub', () => {
	it('are valid YAML', () => {
		const files = tracked.filter(path => /\.ya?ml$/.test(path) && !path.startsWith('test/fixtures/'));
		assert.ok(files.length >= 6, files.join(', '));
		for (const file of files) yaml(file);
	});

	for (const path of tracked.filter(name => /^\.github\/ISSUE_TEMPLATE\/(?!config)/.test(name))) {
		it(`include a valid form: ${path}`, () => {
			const { name, description, body } = yaml(path) as IssueForm;
			assert.ok(name && description);
			assert.ok(body.some(({ type }) => type !== 'markdown'));
			const ids = body.flatMap(({ id }) => id ?? []);
			assert.deepEqual(ids, [...new Set(ids)]);
			for (const { type, id, attributes } of body) {
				assert.ok(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes'].includes(type), type);
				if (type === 'markdown') assert.ok(attributes.value);
				else assert.ok(attributes.label && /^[\w-]+$/.test(id ?? ''), id);
				if (type !== 'dropdown') continue;
				const options = attributes.options ?? [];
				assert.ok(options.length > 0 && new Set(options).size === options.length);
				// YAML 1.1, which GitHub reads, takes these for booleans.
				assert.ok(options.every(option => typeof option === 'string' && !/^(?:yes|no|on|off|none)$/i.test(option)));
			}
		});
	}

	it('update the packages of all folders with a lock file', () => {
		const { updates } = yaml('.github/dependabot.yml') as {
			updates: { 'package-ecosystem': string; directory: string }[];
		};
		const folders = updates.filter(update => update['package-ecosystem'] === 'npm').map(({ directory }) => directory);
		const locks = tracked.filter(path => /(?:^|\/)package-lock\.json$/.test(path));
		assert.ok(locks.length > 1);
		assert.deepEqual(
			locks.map(path => join('/', path, '..').replaceAll('\\', '/')).filter(folder => !folders.includes(folder)),
			[],
		);
	});

	it('test the oldest supported version of Node.js', () => {
		const { jobs } = yaml('.github/workflows/ci.yml') as {
			jobs: Readonly<Record<string, { steps: { with?: Readonly<Record<string, unknown>> }[] }>>;
		};
		const versions = jobs['oldest-node']?.steps.flatMap(step => step.with?.['node-version'] ?? []);
		assert.deepEqual(versions, [engines.node.replace('>=', '')]);
	});
});

describe('the development container', () => {
	it('installs what .ci/run installs', () => {
		const packages = /install -y --no-install-recommends ([\w. -]+?)(?:;|"|$)/m;
		const wanted = packages.exec(read('.ci/run'))?.[1];
		assert.match(wanted ?? '', /neovim/);
		const container = parseJsonc(read('.devcontainer/devcontainer.json')) as { onCreateCommand: string };
		assert.equal(packages.exec(container.onCreateCommand)?.[1], wanted);
		assert.equal(packages.exec(read('.github/workflows/ci.yml'))?.[1], wanted);
	});
});

describe('the launch configurations', () => {
	const launch = parseJsonc(read('.vscode/launch.json')) as {
		configurations: { name: string; type: string; port?: number; preLaunchTask?: string; args?: string[] }[];
		compounds: { configurations: string[] }[];
	};
	const { tasks } = parseJsonc(read('.vscode/tasks.json')) as {
		tasks: { label: string; type: string; script: string; dependsOn?: string }[];
	};

	it('start tasks that exist, which run scripts that exist', () => {
		const labels = tasks.map(({ label }) => label);
		const wanted = [...launch.configurations, ...tasks.map(task => ({ preLaunchTask: task.dependsOn }))];
		for (const { preLaunchTask } of wanted) assert.ok(preLaunchTask === undefined || labels.includes(preLaunchTask));
		for (const { script } of tasks) assert.ok(script in scripts, script);
		const names = launch.configurations.map(({ name }) => name);
		for (const { configurations } of launch.compounds) assert.ok(configurations.every(name => names.includes(name)));
	});

	it('attach to the port on which the server waits for a debugger', () => {
		const attach = launch.configurations.find(({ name }) => name === 'Attach to Language Server');
		const launcher = tracked.find(path => path.endsWith('/nodeLauncher.ts')) ?? assert.fail();
		assert.equal(`${attach?.port}`, /--inspect=(\d+)/.exec(read(launcher))?.[1]);
	});

	it('run the tests inside VS Code where they are compiled to', () => {
		const suites = relative(ROOT, COMPILED_SUITES).replaceAll('\\', '/');
		const tests = launch.configurations.find(({ name }) => name === 'Extension Tests');
		assert.ok(tests?.args?.includes(`--extensionTestsPath=\${workspaceFolder}/${suites}/index.cjs`));
	});
});

describe('.editorconfig', () => {
	it('describes all text files correctly', () => {
		const exempt = /^(?:examples|test\/fixtures)\/|\.(?:png|jpg|webp|gif|pem|grit)$|package-lock\.json$|^LICENSE$/;
		const wrong = tracked
			.filter(path => !exempt.test(path))
			.flatMap(path => {
				const text = read(path);
				return [
					...(text.includes('\r') ? [`${path}: CR`] : []),
					...(text !== '' && !text.endsWith('\n') ? [`${path}: no line break at the end`] : []),
					...(/[ \t]+$/m.test(text) ? [`${path}: spaces at the end of a line`] : []),
				];
			});
		assert.deepEqual(wrong, []);
	});
});
