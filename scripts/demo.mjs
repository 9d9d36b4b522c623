import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startLocalRedis } from './demo/local-redis.mjs';
import { standardFlow } from './demo/standard-flow.mjs';
import { showMail, tellStep } from './demo/table.mjs';
import { writeFleet } from './generate-fleet.mjs';
import { runCommand } from './lib/command.mjs';
import { ensureNode } from './lib/ensure-node.mjs';
import { prepareHost, runningHost, startHost } from './lib/host.mjs';
import { logIn } from './lib/n8n-client.mjs';
import { defaultUserFolder } from './lib/paths.mjs';
import { addressesOf } from './lib/screen.mjs';
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

async function startOwnHost(folder, onStop) {
	return await step('n8n for this demo', (onProgress) =>
		startHost({ userFolder: join(folder, 'n8n'), onProgress, onStarted: (stop) => onStop(stop) }),
	);
}

/** The mail server is the project's test sink, in TypeScript, which needs the Node that the project brings. */
async function startSink() {
	const { startSmtpSink } = await import('../test/lib/smtp-sink.ts');
	return await startSmtpSink(DEMO_SMTP_PORT);
}

async function demo(onStop) {
	const startedAt = performance.now();
	say();
	await prepareHost();
	const folder = mkdtempSync(join(tmpdir(), 'fleet-demo-'));
	const ends = [() => rmSync(folder, { recursive: true, force: true })];
	const end = async () => {
		for (const each of ends.splice(0).reverse()) await each();
	};
	onStop(end);
	try {
		const sink = await startSink();
		ends.push(() => sink.close());
		const running = runningHost(defaultUserFolder());
		const host = running ?? (await startOwnHost(folder, (stop) => ends.push(stop)));
		const redis = await startLocalRedis();
		if (redis) ends.push(redis.stop);
		const dataFolder = join(folder, 'data');
		writeFleet({ out: dataFolder });
		say();
		say(`  ${bold('The standard flow')}  ${dim(`over ${host.url}`)}`);
		say();
		const n8n = { ...host, call: await logIn(host.url, host), addresses: addressesOf(host.url) };
		const upload = options.browser
			? (await import('./demo/upload-in-browser.mjs')).uploadInBrowser(options.browser)
			: undefined;
		const report = await standardFlow({
			n8n,
			sink,
			dataFolder,
			redisPort: redis?.port ?? null,
			upload,
			tell: tellStep,
		});
		if (!redis)
			say(`  ${yellow('!')} Redis is not on this machine: its two transports were left out (redis-server)`);
		showMail(report.embedded.mails[0]);
		say(`  ${dim(`done in ${elapsed(performance.now() - startedAt)}`)}`);
		say();
		if (options.json) writeFileSync(options.json, JSON.stringify(report, null, '\t'));
	} finally {
		await end();
	}
}

const node = await ensureNode();
if (Number(process.versions.node.split('.')[0]) < 24) {
	const self = fileURLToPath(import.meta.url);
	process.exitCode = spawnSync(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
} else {
	await runCommand(demo);
}
