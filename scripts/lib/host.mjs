import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureN8n } from './ensure-n8n.mjs';
import { ensureNode } from './ensure-node.mjs';
import { logIn } from './n8n-client.mjs';
import { inboxFolderOf, n8nEnvironment } from './n8n-environment.mjs';
import { readJson, root } from './paths.mjs';
import { freePort } from './ports.mjs';
import { ensureBuild, ensureModules } from './project.mjs';
import { CommandError, endGroup, isAlive } from './run.mjs';
import { importCredentials } from './shipped-credentials.mjs';
import { untilServed } from './shipped-addresses.mjs';
import { importWorkflows } from './shipped-workflows.mjs';
import { loginsOf, placePackage, writePrivately } from './user-folder.mjs';

const READY_WITHIN_MS = 180_000;
const END_WITHIN_MS = 35_000;

/**
 * Whether n8n runs with this number: after a crash of the machine it may be another program's. A process that has
 * ended, and that nobody has waited for yet, has no command line any more.
 */
function isN8n(pid) {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('n8n');
	} catch {
		return isAlive(pid);
	}
}

/** What `startHost` gave for the n8n that runs in this user folder now (without `stop`), or null. */
export function runningHost(userFolder) {
	const running = readJson(join(userFolder, 'running.json'));
	return running && isN8n(running.pid) ? running : null;
}

/** Installs and builds what is missing; returns the paths that `startHost` needs. */
export async function prepareHost() {
	const node = await ensureNode();
	await ensureModules(node);
	const n8nFolder = await ensureN8n(node);
	await ensureBuild(node);
	return { node, n8nFolder };
}

async function answers(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		return response.ok;
	} catch {
		return false;
	}
}

async function untilReady(url, child, logFile) {
	const deadline = Date.now() + READY_WITHIN_MS;
	const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
	while (!(await answers(new URL('/healthz/readiness', url)))) {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new CommandError(`n8n ended while it was starting. Its log is ${logFile}`, log());
		}
		if (Date.now() > deadline) {
			throw new CommandError(
				`n8n was not ready within ${READY_WITHIN_MS / 1000} s. Its log is ${logFile}`,
				log(),
			);
		}
		await sleep(150);
	}
}

/** Ends n8n as it wants to be ended, and by force when that takes too long. */
async function endChild(child, hasEnded) {
	if (child.exitCode === null && child.signalCode === null) endGroup(child, 'SIGTERM');
	const byForce = setTimeout(() => endGroup(child, 'SIGKILL'), END_WITHIN_MS);
	await hasEnded;
	clearTimeout(byForce);
	// What n8n started itself (its task runner) shares its group.
	endGroup(child, 'SIGKILL');
}

/**
 * Starts an n8n with this package, the shipped credentials and the shipped workflows active, and resolves when it
 * takes requests. Several can run beside each other, each with a user folder and a port of its own.
 *
 * @param options.userFolder where its database, logins and log are; made when missing
 * @param options.port       of 127.0.0.1; left out: any free one
 * @param options.env        more settings for n8n, which win over the usual ones
 * @param options.smtpPort   of the mail server on 127.0.0.1 that the shipped credential "Fleet mail" names
 * @param options.workflowsFolder  left out: the shipped `workflows/`
 * @param options.onProgress told what is being done
 * @throws CommandError with n8n's log as `output` when n8n does not come up
 */
export async function startHost(options) {
	const { userFolder, env: extra = {}, onProgress = () => {} } = options;
	const port = options.port ?? (await freePort());
	const { node, n8nFolder } = await prepareHost();
	const running = runningHost(userFolder);
	if (running)
		throw new Error(`an n8n runs in ${userFolder} already: ${running.url} (process ${running.pid})`);

	const logins = loginsOf(userFolder, n8nFolder);
	placePackage(userFolder);
	mkdirSync(join(inboxFolderOf(userFolder), 'fleet'), { recursive: true });
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, 'n8n.log');
	const environment = async () =>
		n8nEnvironment({ node, userFolder, port, brokerPort: await freePort(), logins, extra });
	const n8nCommand = (args) => [node, join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n'), ...args];

	onProgress('starting');
	// Handed over as a file: n8n can still write its last words when this process is gone.
	const log = openSync(logFile, 'w', 0o600);
	const [command, ...args] = n8nCommand(['start']);
	const child = spawn(command, ['--require', join(root, 'scripts', 'lib', 'end-with-parent.cjs'), ...args], {
		cwd: userFolder,
		env: await environment(),
		detached: process.platform !== 'win32',
		stdio: ['ignore', log, log, 'ipc'],
	});
	closeSync(log);
	const hasEnded = new Promise((resolve) => child.once('exit', resolve));
	const runningFile = join(userFolder, 'running.json');
	let stopping = null;
	const stop = () => {
		stopping ??= endChild(child, hasEnded).then(() => {
			rmSync(runningFile, { force: true });
		});
		return stopping;
	};
	options.onStarted?.(stop, child.pid);

	try {
		await untilReady(url, child, logFile);
		onProgress('giving it the shipped credentials');
		const smtpPort = options.smtpPort;
		await importCredentials({ n8nCommand, userFolder, logins, smtpPort, env: await environment() });
		onProgress('giving it the shipped workflows');
		let session = null;
		const call = async (...request) => (await (session ??= logIn(url, logins)))(...request);
		const folder = options.workflowsFolder ?? join(root, 'workflows');
		const workflows = await importWorkflows({ call, folder, userFolder });
		if (workflows.imported.length > 0) await untilServed(url);
		const { ownerEmail, ownerPassword, formUser, formPassword } = logins;
		const apiHeader = { name: logins.apiHeaderName, value: logins.apiHeaderValue };
		const inboxFolder = inboxFolderOf(userFolder);
		const login = { ownerEmail, ownerPassword, formUser, formPassword, apiHeader };
		const host = { url, port, pid: child.pid, userFolder, inboxFolder, logFile, smtpPort, ...login };
		writePrivately(runningFile, host);
		return { ...host, workflows, hasEnded, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
