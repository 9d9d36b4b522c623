import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { MetricsServerError } from '../../app/errors';
import { problem, problemOf, readText } from '../../domain/rule-files/read-text';
import { type FileProblem, problemText } from '../../domain/rule-files/rule-file';
import { startWorker } from '../../runner/start-worker';
import type { WorkerJob } from '../../runner/worker-job';
import { EXIT, type ExitCode, type Terminal } from '../terminal';
import { readWorkerJob } from './read-worker-job';
import { readWorkerFlags, UsageError, WORKER_HELP, type WorkerFlags } from './worker-flags';
import { lineLog, loggingListener } from './worker-log';

/** Below the 30 s that container engines and service managers leave a process after SIGTERM. */
const DRAIN_MS = 20_000;
/** For closing connections to servers that do not answer. */
const CLOSING_MS = 5000;
const STOPPED_AT_ONCE = 1;

/** Runs a worker until a signal ends it. */
export async function runWorker(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
	const flags = flagsOf(args, terminal);
	if (flags === null) return EXIT.wrong;
	if (flags.help) {
		terminal.print(WORKER_HELP);
		return EXIT.good;
	}
	const job = jobOf(flags, terminal);
	return job === null ? EXIT.wrong : await work(job, flags, terminal);
}

async function work(job: WorkerJob, flags: WorkerFlags, terminal: Terminal): Promise<ExitCode> {
	const log = lineLog(flags.log, terminal.print);
	const listener = loggingListener(log, job.name);
	const worker = startWorker(job, listener);
	try {
		const signalled = firstSignal();
		await Promise.race([worker.started, signalled]);
		const signal = await signalled;
		log('info', `${signal}: reading no more, finishing what is in hand`);
		const timer = setTimeout(() => {
			log('warning', 'Something does not answer: ending without it. What is unfinished is delivered again.');
			process.exit(EXIT.good);
		}, DRAIN_MS + CLOSING_MS);
		await worker.stop(DRAIN_MS);
		clearTimeout(timer);
		listener.end();
		log('info', 'Stopped');
		return EXIT.good;
	} catch (error) {
		if (!(error instanceof MetricsServerError)) throw error;
		terminal.complain(`${error.message}. ${error.hint}`);
		listener.end();
		return EXIT.wrong;
	}
}

/** Resolves at the first SIGTERM or SIGINT; the second ends the process. */
async function firstSignal(): Promise<NodeJS.Signals> {
	let isStopping = false;
	return await new Promise((resolve) => {
		for (const signal of ['SIGTERM', 'SIGINT'] as const) {
			process.on(signal, () => {
				if (isStopping) process.exit(STOPPED_AT_ONCE);
				isStopping = true;
				resolve(signal);
			});
		}
	});
}

function flagsOf(args: readonly string[], terminal: Terminal): WorkerFlags | null {
	try {
		return readWorkerFlags(args);
	} catch (error) {
		const isUsage = error instanceof UsageError;
		const isArgs =
			error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
		if (!isUsage && !isArgs) throw error;
		terminal.complain(`${error.message}\nSee n8n-nodes-fleet worker --help.`);
		return null;
	}
}

/** Null when it is wrong, which is told with the place of each mistake. */
function jobOf(flags: WorkerFlags, terminal: Terminal): WorkerJob | null {
	const { config, name, metrics } = flags;
	const common = { environment: process.env, name: name ?? `${hostname()}:${process.pid}` };
	const over = { ...(name === undefined ? {} : { name }), ...(metrics === undefined ? {} : { metrics }) };
	if (config === null) {
		const report = ({ message, hint }: { message: string; hint: string }) =>
			terminal.complain(`${message}. ${hint}`);
		return readWorkerJob({ store: flags.store, feeds: flags.feeds, ...over }, { ...common, report });
	}
	const text = textOf(config, terminal);
	if (text === null) return null;
	const read = readText(text);
	const problems: FileProblem[] = [];
	if ('problems' in read) {
		problems.push(...read.problems);
	} else if (typeof read.value !== 'object' || read.value === null) {
		problems.push(problem(read.placeOf(''), null, '', 'The file says nothing', 'Give store and feeds.'));
	} else {
		const report = (error: Error) => void problems.push(problemOf(read, error, '', null));
		const job = readWorkerJob({ ...read.value, ...over }, { ...common, report });
		if (job !== null) return job;
	}
	problems.sort((a, b) => a.line - b.line || a.column - b.column);
	for (const each of problems) terminal.complain(`${config}:${problemText(each)}`);
	return null;
}

function textOf(path: string, terminal: Terminal): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		terminal.complain(
			`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}. Check the path and its permissions.`,
		);
		return null;
	}
}
