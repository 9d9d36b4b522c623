import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startLocalRedis } from './demo/local-redis.mjs';
import { standardFlow } from './demo/standard-flow.mjs';
import { showMail, tellStep } from './demo/table.mjs';
import { writeFleet } from './generate-fleet.mjs';
import { runCommand } from './lib/command.mjs';
import { prepareHost, runningHost, startHost } from './lib/host.mjs';
import { logIn } from './lib/n8n-client.mjs';
import { defaultUserFolder, root } from './lib/paths.mjs';
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

/** The mail server is the project's test sink, which is TypeScript: bundled, any Node runs it. */
async function startSink(folder) {
	const { build } = await import('esbuild');
	const outfile = join(folder, 'smtp-sink.cjs');
	const entry = join(root, 'test', 'lib', 'smtp-sink.ts');
	await build({
		entryPoints: [entry],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		logLevel: 'error',
	});
	const { startSmtpSink } = createRequire(import.meta.url)(outfile);
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
		const sink = await startSink(folder);
		ends.push(() => sink.close());
		const running = runningHost(defaultUserFolder());
		const host = running ?? (await startOwnHost(folder, (stop) => ends.push(stop)));
		const redis = await startLocalRedis();
		if (redis) ends.push(redis.stop);
		const dataFolder = join(folder, 'data');
		writeFleet(dataFolder);
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

await runCommand(demo);
