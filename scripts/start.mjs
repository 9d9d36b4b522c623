import { runCommand } from './lib/command.mjs';
import { prepareHost, runningHost, startHost } from './lib/host.mjs';
import { defaultUserFolder } from './lib/paths.mjs';
import { isPortFree, portHolder } from './lib/ports.mjs';
import { showRunning } from './lib/screen.mjs';
import { CommandError } from './lib/run.mjs';
import { say, step } from './lib/terminal.mjs';

const DEFAULT_PORT = 5678;

async function chosenPort() {
	const text = process.env.FLEET_PORT ?? String(DEFAULT_PORT);
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new Error(`FLEET_PORT is "${text}": give a port from 1 to 65535, e.g. FLEET_PORT=5700 npm start`);
	}
	if (await isPortFree(port)) return port;
	throw new Error(
		`Port ${port} is taken by ${await portHolder(port)}.\n` +
			`    End that, or choose another port: FLEET_PORT=${port + 1} npm start`,
	);
}

await runCommand(async (onStop) => {
	const startedAt = performance.now();
	const userFolder = defaultUserFolder();
	const running = runningHost(userFolder);
	if (running) {
		throw new Error(
			`It is running already: ${running.url} (process ${running.pid}).\n` +
				'    Another beside it: FLEET_USER_FOLDER=/another/folder FLEET_PORT=5700 npm start',
		);
	}
	const port = await chosenPort();
	say();
	await prepareHost();
	const host = await step('n8n', (onProgress) =>
		startHost({ userFolder, port, onProgress, onStarted: (stop) => onStop(stop) }),
	);
	showRunning(host, performance.now() - startedAt);
	await host.hasEnded;
	await host.stop();
	throw new CommandError(`n8n has ended by itself. Its log is ${host.logFile}`, '');
});
