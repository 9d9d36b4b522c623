import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runningHost } from '../../scripts/lib/host.mjs';
import { logIn } from '../../scripts/lib/n8n-client.mjs';
import { freePort, isPortFree } from '../../scripts/lib/ports.mjs';
import { type RunningCommand, startCommand } from './lib/commands';
import { listeningOf, treeOf, untilGone } from './lib/processes';
import { START_WITHIN_MS } from './lib/start-fleet';
import { eventually } from './tools/eventually';

const READY = 'data, logins';

/** What a newcomer reads off the screen. */
function readScreen(screen: string) {
	const found = (pattern: RegExp) => pattern.exec(screen)?.slice(1) ?? [];
	const [editor = '', ownerEmail = '', ownerPassword = ''] = found(/Editor +(\S+)\n +login +(\S+) +(\S+)/);
	const [form = '', imports = '', ruleForm = '', formUser = '', formPassword = ''] = found(
		/Upload form +(\S+)\n +Imports +(\S+)\n +Rule form +(\S+)\n +login +(\S+) +(\S+)/,
	);
	const [api = '', header = '', key = ''] = found(/Upload API +(\S+) +POST\n +header +(\S+): (\S+)/);
	return {
		editor,
		ownerEmail,
		ownerPassword,
		form,
		imports,
		ruleForm,
		formUser,
		formPassword,
		api,
		header,
		key,
	};
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('npm start', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'fleet-start-'));
	let port: number;
	let running: RunningCommand;
	let tree: number[];
	let first: ReturnType<typeof readScreen>;

	const start = (env: Record<string, string> = {}) =>
		startCommand('start', { FLEET_USER_FOLDER: userFolder, FLEET_PORT: String(port), ...env });
	const shipped = (name: string) => readFileSync(join(userFolder, `shipped-${name}.json`), 'utf8');
	const versions = async () => {
		const call = await logIn(first.editor, first);
		const workflows = await call<Record<string, unknown>[]>('GET', '/workflows');
		const credentials = await call<Record<string, unknown>[]>('GET', '/credentials');
		return [...workflows, ...credentials].map(({ id, updatedAt }) => ({ id, updatedAt }));
	};

	beforeAll(async () => {
		port = await freePort();
		running = start();
		await running.untilPrinted(READY);
		tree = treeOf(running.pid);
		first = readScreen(running.screen());
	}, START_WITHIN_MS);

	afterAll(async () => {
		running.signal('SIGTERM');
		await running.untilEnded();
		rmSync(userFolder, { recursive: true, force: true });
	}, START_WITHIN_MS);

	it('ends with the next three things to do, and nothing that failed', () => {
		expect(running.screen()).toMatch(
			/The next three things to do\n +1 .*\n +2 .*upload form.*\n +3 .*npm run demo/,
		);
		expect(running.screen()).not.toMatch(/✗|could not/);
		expect(first.editor).toBe(`http://127.0.0.1:${port}`);
	});

	it('tells a login that lets the owner in, and no other', async () => {
		expect((await fetch(first.editor)).status).toBe(200);
		const call = await logIn(first.editor, first);
		const workflows = await call<{ name: string; active: boolean }[]>('GET', '/workflows');
		expect(workflows).toHaveLength(15);
		// Only who runs workers of its own needs the first one; the others want an address or a login.
		const inactive = workflows.filter(({ active }) => !active).map(({ name }) => name);
		expect(inactive.sort()).toEqual([
			...['Fleet: firings to actions', 'Fleet: import from email', 'Fleet: scheduled import by SFTP'],
			...['Fleet: scheduled import from S3', 'Fleet: scheduled import from a URL'],
		]);
		await expect(logIn(first.editor, { ...first, ownerPassword: 'guessed' })).rejects.toThrow(/401/);
	});

	it.each([
		['upload form', 'form', 'type="file"'],
		['page of the imports', 'imports', 'Nothing was imported yet'],
		['rule form', 'ruleForm', 'Change a rule'],
	] as const)('tells an address of the %s, which asks for its login', async (_which, address, field) => {
		const open = async (password?: string) => {
			const login = Buffer.from(`${first.formUser}:${password}`).toString('base64');
			const headers = password === undefined ? undefined : { authorization: `Basic ${login}` };
			const answer = await fetch(first[address], { headers });
			return { status: answer.status, hasField: (await answer.text()).includes(field) };
		};
		expect(await open()).toEqual({ status: 401, hasField: false });
		expect((await open('guessed')).hasField).toBe(false);
		expect(await open(first.formPassword)).toEqual({ status: 200, hasField: true });
	});

	it('tells an API that asks for its header', async () => {
		const upload = async (headers: Record<string, string>) =>
			await fetch(`${first.api}?fileName=one.csv`, {
				method: 'POST',
				headers: { 'content-type': 'text/csv', ...headers },
				body: 'vin,plate\n1M8GDM9AXKP042788,B FL 4711\n',
			});
		expect((await upload({})).status).toBe(403);
		expect((await upload({ [first.header]: 'guessed' })).status).toBe(403);
		const taken = await upload({ [first.header]: first.key });
		expect(taken.status).toBe(202);
		expect(await taken.json()).toMatchObject({ imports: [{ fileName: 'one.csv' }] });
	});

	it('can be reached from this machine only', () => {
		const addresses = listeningOf(tree);
		expect(addresses).toContain(`127.0.0.1:${port}`);
		expect(addresses.filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([]);
	});

	it('keeps logins and keys from other users of the machine', () => {
		const screenOfOthers = ['logins.json', 'running.json', 'shipped-credentials.json', 'n8n.log'];
		const modes = screenOfOthers.map((name) => modeOf(join(userFolder, name)));
		expect(modes).toEqual(['600', '600', '600', '600']);
	});

	it('says who has the port, and what to do', async () => {
		const other = start({ FLEET_USER_FOLDER: join(userFolder, 'other') });
		expect(await other.untilEnded()).toBe(1);
		expect(other.screen()).toMatch(new RegExp(`Port ${port} is taken by process \\d+ \\(.*n8n.*\\)`));
		expect(other.screen()).toContain(`FLEET_PORT=${port + 1} npm start`);
		expect(other.screen()).not.toMatch(/\bat .*\.mjs/);
	});

	it('says so when it runs already, and when the port is none', async () => {
		const again = start();
		expect(await again.untilEnded()).toBe(1);
		expect(again.screen()).toContain(`It is running already: ${first.editor}`);
		const odd = start({ FLEET_USER_FOLDER: join(userFolder, 'other'), FLEET_PORT: '99999' });
		expect(await odd.untilEnded()).toBe(1);
		expect(odd.screen()).toContain('FLEET_PORT is "99999": give a port from 1 to 65535');
	});

	it(
		'ends with all that it started on Ctrl-C',
		async () => {
			const versionsBefore = await versions();
			const records = [shipped('workflows'), shipped('credentials')];
			tree = treeOf(running.pid);
			expect(tree.length).toBeGreaterThan(1);
			running.signal('SIGINT');
			expect(await running.untilEnded()).toBe(130);
			await untilGone(tree);
			expect(await isPortFree(port)).toBe(true);
			expect(runningHost(userFolder)).toBeNull();

			// The second start finds all of it in place: same logins, nothing imported anew.
			running = start();
			await running.untilPrinted(READY);
			expect(readScreen(running.screen())).toEqual(first);
			expect([shipped('workflows'), shipped('credentials')]).toEqual(records);
			expect(await versions()).toEqual(versionsBefore);
		},
		START_WITHIN_MS,
	);

	it(
		'leaves nothing running even when it is killed',
		async () => {
			tree = treeOf(running.pid);
			expect(tree.length).toBeGreaterThan(1);
			running.signal('SIGKILL');
			await running.untilEnded();
			await untilGone(tree, 60_000);
			// A process whose last threads are ending still holds its port for a moment.
			await eventually('the port is free', async () => await isPortFree(port));
			expect(runningHost(userFolder)).toBeNull();
		},
		START_WITHIN_MS,
	);
});
