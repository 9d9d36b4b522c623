import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { startCommand } from './lib/commands';
import { treeOf, untilGone } from './lib/processes';
import { runDemo } from './lib/run-demo';
import { START_WITHIN_MS } from './lib/start-fleet';

describe('npm run demo where no n8n runs and no service is installed', () => {
	const folder = mkdtempSync(join(tmpdir(), 'fleet-demo-alone-'));
	const temporary = join(folder, 'tmp');
	/** Node alone is on the path. */
	const env = { FLEET_USER_FOLDER: join(folder, 'none'), TMPDIR: temporary, PATH: dirname(process.execPath) };

	/** n8n keeps an empty folder of its own beside them. */
	const leftovers = () => readdirSync(temporary).filter((name) => name.startsWith('fleet-'));

	beforeAll(() => mkdirSync(temporary));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it(
		'starts an n8n for itself, shows the flow on the embedded feed, and clears everything away',
		async () => {
			const { code, screen, report } = await runDemo(env);
			// The screen first: it tells why the code is not 0.
			expect(screen).toContain('done in');
			expect(screen).toContain('n8n for this demo');
			expect(code).toBe(0);
			expect(report?.embedded.mails).toHaveLength(1);
			expect(report).not.toHaveProperty('redisStreams');
			expect(screen).toContain('Redis is not on this machine: its two transports were left out');
			expect(screen).toContain(report?.embedded.mails[0]?.text);
			expect(leftovers()).toEqual([]);
		},
		START_WITHIN_MS,
	);

	it(
		'clears everything away when it is interrupted',
		async () => {
			const demo = startCommand('demo', env);
			await demo.untilPrinted('Upload form');
			const tree = treeOf(demo.pid);
			expect(tree.length).toBeGreaterThan(1);
			demo.signal('SIGINT');
			expect(await demo.untilEnded()).toBe(130);
			await untilGone(tree);
			expect(leftovers()).toEqual([]);
		},
		START_WITHIN_MS,
	);
});
