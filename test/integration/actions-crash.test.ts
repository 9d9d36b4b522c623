import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { smtpMailer } from '../../src/adapters/mail/smtp-mailer';
import { performActions } from '../../src/app/actions/perform-actions';
import { feedFixture, MINUTE, report, standardFleet, START } from '../lib/feed-fixture';
import { startSmtpSink } from '../lib/smtp-sink';

const ROOT = join(__dirname, '../..');

/** Sends the pending email for real, then stops between the server's 250 and the mark in the store. */
const CHILD = `
	import { openStore } from './src/adapters/store/open-store';
	import { smtpMailer } from './src/adapters/mail/smtp-mailer';
	import { performActions } from './src/app/actions/perform-actions';
	const [path, port, now] = process.argv.slice(2);
	const real = smtpMailer({ host: '127.0.0.1', port: Number(port), security: 'none', from: 'fleet@example.com' });
	const mailer = {
		async send(email) {
			console.log(await real.send(email));
			await new Promise(() => setInterval(() => undefined, 1000));
		},
		close() {},
	};
	void openStore({ kind: 'sqlite', path }).then((store) =>
		performActions({ fleet: { store, clock: () => Number(now) }, mailer, newToken: () => 'child' }),
	);
`;

describe('a process that is killed between the 250 of the server and its mark', () => {
	it('leaves an action that is sent again under the same Message-ID when the lease has run out', async () => {
		const fixture = await feedFixture();
		const sink = await startSmtpSink();
		const mailer = smtpMailer({
			host: '127.0.0.1',
			port: sink.port,
			security: 'none',
			from: 'fleet@example.com',
		});
		const perform = () => performActions({ fleet: fixture.fleet, mailer, newToken: randomUUID });
		await standardFleet(fixture);
		await fixture.feed(report('M-AB 123', 0, { fuelLevel: 1 }));

		const script = join(dirname(fixture.path), 'child.cjs');
		await build({
			stdin: { contents: CHILD, resolveDir: ROOT, loader: 'ts' },
			outfile: script,
			bundle: true,
			platform: 'node',
			logLevel: 'error',
			external: ['pg-native', 'react-native-sqlite-storage'],
			packages: 'bundle',
		});
		const child = spawn(process.execPath, [script, fixture.path, String(sink.port), String(START)], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
		child.kill('SIGKILL');
		await once(child, 'close');
		expect(sink.mails).toHaveLength(1);

		expect(await perform()).toEqual([]);
		fixture.now += 5 * MINUTE;
		expect(await perform()).toMatchObject([
			{ state: 'done', attempts: 2, result: expect.stringContaining('may have been delivered too') },
		]);
		expect(sink.mails.map(({ messageId }) => messageId)).toEqual(
			Array(2).fill(expect.stringMatching(/^<firing-\d+-action-0-\d+@n8n-nodes-fleet>$/)),
		);
		expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(1);
		mailer.close();
		await Promise.all([sink.close(), fixture.close()]);
	});
});
