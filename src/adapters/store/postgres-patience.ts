import { Socket } from 'node:net';
import type { Client } from 'pg';
import type { QueryRunner } from 'typeorm';

import type { Patience } from './engine';

const DEFAULT_FEED_MS = 45_000;
const LONG_MS = 600_000;

/**
 * Begins and ends transactions on connections that are given up when the server is silent for too long: the statement
 * under way fails then, and the connection is not used again. What the server itself is busy with for a feed, it gives
 * up a little sooner, and stays connected.
 */
export function postgresPatience(feedMs = DEFAULT_FEED_MS) {
	const silenceMs = { feed: feedMs, long: LONG_MS, endless: 0 } as const;
	const busy = `; SET LOCAL statement_timeout = ${Math.ceil(feedMs * 0.9)}`;
	const sockets = new WeakMap<QueryRunner, Socket>();
	return {
		async begin(runner: QueryRunner, patience: Patience, start: string): Promise<void> {
			const { stream } = ((await runner.connect()) as Client).connection;
			if (stream instanceof Socket) {
				sockets.set(runner, stream);
				stream.setTimeout(silenceMs[patience], giveUp);
			}
			await runner.query(patience === 'feed' ? start + busy : start);
		},
		end: (runner: QueryRunner): void => void sockets.get(runner)?.setTimeout(0, giveUp),
	};
}

function giveUp(this: Socket): void {
	const seconds = this.timeout === undefined ? '' : ` for ${this.timeout / 1000} s`;
	this.destroy(Object.assign(new Error(`nothing came${seconds}`), { code: 'ETIMEDOUT' }));
}
