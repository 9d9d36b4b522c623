import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = resolve(__dirname, '../..');
const templates = join(root, 'rule-templates');

interface Ended {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

describe('the command "rules"', () => {
	let folder: string;
	let command: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'fleet-command-'));
		command = join(folder, 'cli.js');
		await build({
			entryPoints: [join(root, 'src/cli/main.ts')],
			outfile: command,
			bundle: true,
			// Loaded for the command "worker" alone.
			external: ['./worker/run-worker'],
			platform: 'node',
			target: 'node20',
			logLevel: 'error',
		});
	});
	afterAll(async () => await rm(folder, { recursive: true }));

	async function run(...args: string[]): Promise<Ended> {
		const env = { PATH: process.env.PATH, TZ: 'Asia/Tokyo' };
		return await promisify(execFile)(process.execPath, [command, ...args], { cwd: folder, env }).then(
			({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
			(error: Ended) => error,
		);
	}

	/** A folder with copies of the template's files, as a user would begin. */
	async function copyOf(template: string, name: string): Promise<string> {
		const copy = join(folder, name);
		await mkdir(copy);
		for (const ending of ['rule', 'fires.trace', 'quiet.trace']) {
			await copyFile(join(templates, `${template}.${ending}.yaml`), join(copy, `${template}.${ending}.yaml`));
		}
		return copy;
	}

	async function change(file: string, from: string, to: string): Promise<void> {
		const text = await readFile(file, 'utf8');
		expect(text).toContain(from);
		await writeFile(file, text.replace(from, to));
	}

	it('needs no package but itself: no database, no n8n', async () => {
		const bundled = await readFile(command, 'utf8');
		const required = [...bundled.matchAll(/require\("([^"]+)"\)/g)].map(([, name = '']) => name);
		expect(required).toContain('node:util');
		expect(required.filter((name) => !isBuiltin(name) || name.endsWith('sqlite'))).toEqual([]);
	});

	it('tests each rule of a folder against the traces beside it', async () => {
		const { code, stdout, stderr } = await run('rules', 'test', templates);
		expect(stderr).toBe('');
		expect(code).toBe(0);
		expect(stdout).toMatch(/62 traces: all as expected\n$/);
		expect(stdout).toMatch(
			/as expected +Low fuel +B-FL 100 +2026-03-02T08:11:00Z +2026-03-02T08:32:00Z +critical\n/,
		);
	});

	it('shows what fires differently, and says so by its exit code', async () => {
		const copy = await copyOf('low-fuel', 'different');
		await change(join(copy, 'low-fuel.rule.yaml'), 'forSeconds: 600', 'forSeconds: 120');
		const { code, stdout } = await run('rules', 'test', copy);
		expect(code).toBe(1);
		expect(stdout).toMatch(/missing +the rule +B-FL 100 +2026-03-02T08:11:00Z/);
		expect(stdout).toMatch(/unexpected +Low fuel +B-FL 100 +2026-03-02T08:03:00Z +2026-03-02T08:32:00Z/);
		expect(stdout).toMatch(/2 traces: 2 not as expected/);
		expect(stdout).not.toContain('\u001b[');

		const late = await copyOf('low-fuel', 'late');
		await change(join(late, 'low-fuel.fires.trace.yaml'), '08:32:00Z', '08:31:00Z');
		const cleared = await run('rules', 'test', join(late, 'low-fuel.rule.yaml'));
		expect(cleared.code).toBe(1);
		expect(cleared.stdout).toMatch(/different .* 2026-03-02T08:32:00Z, not 2026-03-02T08:31:00Z +critical/);
	});

	it('tests many rules against a recording of its own', async () => {
		const trace = join(folder, 'recorded.trace.ndjson');
		const lines = [
			{ vehicle: 'B-FL 100', reportedAt: '2026-03-02T08:00:00Z', attributes: { speed: 30, fuelLevel: 40 } },
			{ vehicle: 'B-FL 100', reportedAt: 1772438460, attributes: { dtcCount: 2, fuelLevel: 39 } },
			{
				expect: [
					{ rule: 'Trouble code', vehicle: 'B-FL 100', openedAt: '2026-03-02T08:01:00Z', clearedAt: null },
				],
			},
		];
		await writeFile(trace, lines.map((line) => JSON.stringify(line)).join('\n'));
		const { code, stdout, stderr } = await run('rules', 'test', templates, '--trace', trace);
		expect(stderr).toBe('');
		expect(stdout).toMatch(/31 rules against .*recorded\.trace\.ndjson: as expected/);
		expect(stdout).toMatch(/Trouble code +B-FL 100 +2026-03-02T08:01:00Z +still open/);
		expect(code).toBe(0);
	});

	it('names the place of what is wrong in a file, and goes on with the rest', async () => {
		const copy = await copyOf('overspeed', 'wrong');
		const other = join(copy, 'other.rule.yaml');
		await writeFile(other, 'rules:\n  - name: X\n    pattern: { attribute: a, operator: lower, value: 1 }\n');
		await writeFile(
			join(copy, 'overspeed.broken.trace.yaml'),
			'vehicle: A\nreports:\n  - { after: 1s }\nexpect: []\n',
		);
		const { code, stdout, stderr } = await run('rules', 'test', copy);
		expect(code).toBe(2);
		expect(stderr).toMatch(/other\.rule\.yaml:3:\d+ X: 'lower' in pattern\.operator is not known/);
		expect(stderr).toMatch(/overspeed\.broken\.trace\.yaml:3:\d+ after counts from the report before/);
		expect(stderr).toMatch(/other\.rule\.yaml: no trace beside it/);
		expect(stdout).toMatch(/overspeed\.fires\.trace\.yaml: as expected/);
	});

	it('says rules in words', async () => {
		const { code, stdout } = await run('rules', 'check', join(templates, 'low-fuel.rule.yaml'));
		expect(code).toBe(0);
		expect(stdout).toMatch(/Low fuel, for all vehicles:\n +When fuelLevel .*15.*: fire once \(warning\)/);
		expect(stdout).toMatch(/ends? when fuelLevel .*20/);
	});

	it.each<[string, string[], RegExp]>([
		['an unknown command', ['rules', 'tset', '.'], /Did you mean 'rules test'\?/],
		['no path', ['rules', 'test'], /at least one file or folder/],
		['an unknown option', ['rules', 'test', '.', '--traces', 'x'], /--traces/],
		['a path that is not there', ['rules', 'test', 'nowhere'], /There is no file or folder nowhere/],
		['a folder without rules', ['rules', 'check', join(root, 'docs')], /There is no rule file in/],
		[
			'a trace that is not there',
			['rules', 'test', templates, '--trace', 'nowhere'],
			/nowhere cannot be read/,
		],
	])('refuses %s', async (_what, args, message) => {
		const { code, stderr } = await run(...args);
		expect(code).toBe(2);
		expect(stderr).toMatch(message);
		expect(stderr).not.toContain('    at ');
	});

	it('helps', async () => {
		const { code, stdout } = await run('--help');
		expect(code).toBe(0);
		expect(stdout).toMatch(/rules test FILE_OR_FOLDER/);
		expect((await run()).code).toBe(2);
	});
});
