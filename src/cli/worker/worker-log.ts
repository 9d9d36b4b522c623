import { describeLoss } from '../../app/feed/describe-loss';
import type { FeedListener } from '../../app/feed/feed-run';
import { FleetError } from '../../domain/errors';
import type { WorkerListener } from '../../runner/start-worker';

export type LogLevel = 'info' | 'warning' | 'error';
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** One line for each event: plain text, or JSON for programs that gather logs. */
export function lineLog(form: 'text' | 'json', write: (line: string) => void): Log {
	return (level, message, fields = {}) => {
		const time = new Date().toISOString();
		const oneLine = message.replace(/\s*\n\s*/g, ' ');
		write(
			form === 'json'
				? JSON.stringify({ time, level, message: oneLine, ...fields })
				: `${time} ${level.padEnd(7)} ${oneLine}`,
		);
	};
}

const SUM_EVERY_MS = 60_000;

/** Tells what happens to a worker. No payloads, no vehicles, no passwords: logs travel far. */
export function loggingListener(log: Log, workerName: string): WorkerListener & { end(): void } {
	const sums: { tell(): void }[] = [];
	const timer = setInterval(() => sums.forEach(({ tell }) => tell()), SUM_EVERY_MS);
	return {
		onMetricsServer: (url) =>
			log('info', `Health and metrics are at ${url}/health and ${url}/metrics`, { url }),
		onStore(error) {
			if (error === null) log('info', `The store is open; this is the worker ${workerName}`);
			else log('error', `${sentence(error)} Waiting for it.`);
		},
		feed(feed) {
			const sum = resultSum(feed, log);
			sums.push(sum);
			return { ...feedListener(feed, log), onResult: sum.add };
		},
		end() {
			clearInterval(timer);
			sums.forEach(({ tell }) => tell());
		},
	};
}

function feedListener(feed: string, log: Log): Omit<FeedListener, 'onResult'> {
	return {
		onState({ up, reason }) {
			if (up) log('info', `Feed '${feed}' is read`, { feed });
			else log('error', `Feed '${feed}' is down: ${reason ?? 'no reason given'}. Waiting for it.`, { feed });
		},
		onLoss: (loss) => log('error', describeLoss(feed, loss), { feed, ...loss }),
		onFailure(what, error) {
			const which = what === 'messages' ? `Messages of feed '${feed}'` : `Timers of feed '${feed}'`;
			if (error === null) log('info', `${which} go on`, { feed });
			else log('error', `${which} fail and are tried again: ${sentence(error)}`, { feed });
		},
	};
}

/** What batches brought about, in one line a minute. */
function resultSum(feed: string, log: Log): { add: FeedListener['onResult']; tell(): void } {
	const none = { accepted: 0, duplicates: 0, fired: 0, cleared: 0, rejected: 0 };
	let sum = { ...none };
	return {
		add({ accepted, duplicates, fired, cleared, rejected }) {
			sum.accepted += accepted;
			sum.duplicates += duplicates;
			sum.fired += fired.length;
			sum.cleared += cleared.length;
			sum.rejected += rejected.length;
		},
		tell() {
			const told = sum;
			sum = { ...none };
			const counts = Object.entries(told).filter(([, count]) => count > 0);
			if (counts.length === 0) return;
			const text = counts.map(([what, count]) => `${count} ${what}`).join(', ');
			log(told.rejected > 0 ? 'warning' : 'info', `Feed '${feed}': ${text}`, { feed, ...told });
		},
	};
}

const sentence = (error: Error): string =>
	error instanceof FleetError ? `${error.message}. ${error.hint}` : `${error.message}.`;
