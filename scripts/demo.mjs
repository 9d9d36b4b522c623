import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fleetDesk } from './demo/fleet-desk.mjs';
import { startLocalRedis } from './demo/local-redis.mjs';
import { standardFlow } from './demo/standard-flow.mjs';
import { showMail, showStep, showTable } from './demo/table.mjs';
import { writeFleet } from './generate-fleet.mjs';
import { runCommand } from './lib/command.mjs';
import { prepareHost, runningHost, startHost } from './lib/host.mjs';
import { logIn } from './lib/n8n-client.mjs';
import { defaultUserFolder, root } from './lib/paths.mjs';
import { isPortFree, portHolder } from './lib/ports.mjs';
import { addressesOf } from './lib/shipped-addresses.mjs';
import { DEMO_SMTP_PORT } from './lib/shipped-credentials.mjs';
import { bold, dim, elapsed, say, step, yellow } from './lib/terminal.mjs';

const { values: options } = parseArgs({
	options: {
		/** Writes what happened, as data, into this file. */
		json: { type: 'string' },
		/** Fills in the upload form in this Chromium rather than over HTTP. */
		browser: { type: 'string' },
	},
});

async function startOwnHost(folder, smtpPort, onStarted) {
	const userFolder = join(folder, 'n8n');
	return await step('n8n for this demo', (onProgress) =>
		startHost({ userFolder, smtpPort, onProgress, onStarted }),
	);
}

/**
 * The mail server is the project's test sink, which is TypeScript: bundled, any Node runs it. An n8n that runs
 * already expects it at the port of its credential; one of the demo's own is told the port, so any will do.
 */
async function startSink(folder, port) {
	if (port !== 0 && !(await isPortFree(port))) {
		throw new Error(
			`Port ${port} is taken by ${await portHolder(port)}.\n` +
				'    The demo receives its email there: end that, or stop n8n, and the demo starts one of its own.',
		);
	}
	const { build, stop } = await import('esbuild');
	const outfile = join(folder, 'smtp-sink.cjs');
	const entryPoints = [join(root, 'test', 'lib', 'smtp-sink.ts')];
	await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
	// It would keep a process of its own running until the very end.
	await stop();
	const { startSmtpSink } = createRequire(import.meta.url)(outfile);
	return await startSmtpSink(port);
}

/** Undoes what was done, the last first; one that fails keeps nobody from being undone. */
async function undo(ends) {
	for (const each of ends.splice(0).reverse()) {
		try {
			await each();
		} catch (error) {
			say(`  ${yellow('!')} ${error.message}`);
		}
	}
}

async function demo(onStop) {
	const startedAt = performance.now();
	say();
	await prepareHost();
	const folder = mkdtempSync(join(tmpdir(), 'fleet-demo-'));
	const ends = [() => rmSync(folder, { recursive: true, force: true })];
	let undoing = null;
	// Once, also when a stop makes the flow fail: the folder may go only when the n8n in it has ended.
	const undoAll = () => (undoing ??= undo(ends));
	onStop(undoAll);
	try {
		const running = runningHost(defaultUserFolder());
		const sink = await startSink(folder, running ? (running.smtpPort ?? DEMO_SMTP_PORT) : 0);
		ends.push(() => sink.close());
		const redis = await startLocalRedis();
		if (redis) ends.push(redis.stop);
		const host = running ?? (await startOwnHost(folder, sink.port, (stop) => ends.push(stop)));
		// An n8n of the demo's own goes with all that is in it.
		const atEnd = (end) => running && ends.push(end);
		const dataFolder = join(folder, 'data');
		writeFleet(dataFolder);
		say();
		say(`  ${bold('The standard flow')}  ${dim(`over ${host.url}`)}`);
		say();
		const n8n = { ...host, call: await logIn(host.url, host), addresses: addressesOf(host.url) };
		const desk = fleetDesk(n8n);
		atEnd(() => desk.close());
		const upload = options.browser
			? (await import('./demo/upload-in-browser.mjs')).uploadInBrowser(options.browser)
			: undefined;
		const report = await standardFlow({
			...{ n8n, desk, sink, dataFolder, upload, atEnd },
			redisPort: redis?.port ?? null,
			step: showStep,
		});
		showTable(report);
		if (!redis) {
			say();
			say(`  ${yellow('!')} Redis is not on this machine: its two transports were left out.`);
			say('    Get it: apt-get install redis-server');
		}
		showMail(report.embedded.mails[0]);
		say(`  ${dim(`done in ${elapsed(performance.now() - startedAt)}`)}`);
		say();
		if (options.json) writeFileSync(options.json, JSON.stringify(report, null, '\t'));
	} finally {
		await undoAll();
	}
}

await runCommand(demo);
