import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MetricsServerError } from '../../app/errors';
import type { FeedMetrics, StoreMetrics } from '../../app/ports/store-operations';
import { answeredInTime } from './answered-in-time';
import { healthOf } from './health';
import { CONTENT_TYPE, renderPrometheus } from './prometheus';

export interface MetricsServerOptions {
	/** Default 127.0.0.1: the figures are nobody else's business. */
	readonly host?: string;
	/** 0 takes any that is free. */
	readonly port: number;
	/** How the feeds of this process do. */
	feeds(): Promise<readonly FeedMetrics[]>;
	/** What the store holds. It may reject or hang: then the feeds' figures are served without it. */
	store(): Promise<StoreMetrics>;
}

export interface MetricsServer {
	/** E.g. `http://127.0.0.1:9464`. */
	readonly url: string;
	close(): Promise<void>;
}

/**
 * Serves `GET /metrics` in Prometheus's text format and `GET /health` as JSON: 200 while every feed is up and the
 * store answers, else 503. Both answer within two seconds whatever hangs. Rejects with `MetricsServerError` when the
 * port cannot be had.
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
	const { host = '127.0.0.1', port } = options;
	const startedAt = Date.now();
	const feeds = answeredInTime(options.feeds, startedAt);
	const store = answeredInTime(options.store, startedAt);
	const ask = () => Promise.all([feeds.read(), store.read()]);

	const serve: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
		async '/metrics'(response) {
			const [ofFeeds, ofStore] = await ask();
			const known = ofFeeds.value ?? ofFeeds.last ?? [];
			send(response, 200, CONTENT_TYPE, await renderPrometheus(known, ofStore.value, Date.now()));
		},
		async '/health'(response) {
			const health = healthOf(...(await ask()), startedAt);
			send(response, health.status === 'ok' ? 200 : 503, 'application/json', `${JSON.stringify(health)}\n`);
		},
	};
	const server = createServer((request, response) => {
		const path = (request.url ?? '').split('?')[0] ?? '';
		const answer = Object.hasOwn(serve, path) ? serve[path] : undefined;
		if (answer === undefined) return send(response, 404, 'text/plain', 'There are /health and /metrics.\n');
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			return send(response, 405, 'text/plain', 'Only GET.\n', { allow: 'GET, HEAD' });
		}
		answer(response).catch((error: unknown) => send(response, 500, 'text/plain', `${String(error)}\n`));
	});
	await listen(server, host, port);
	const { address, port: taken, family } = server.address() as AddressInfo;
	return {
		url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}

function send(
	response: ServerResponse,
	status: number,
	type: string,
	body: string,
	headers: Readonly<Record<string, string>> = {},
): void {
	response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers }).end(body);
}

async function listen(server: Server, host: string, port: number): Promise<void> {
	try {
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, host, resolve);
		});
	} catch (error) {
		const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
		throw new MetricsServerError(
			`Health and metrics cannot be served at ${host}:${port}: ${REASONS[String(code)] ?? String(error)}`,
			'Choose another port or address for them.',
			{ cause: error },
		);
	}
}

const REASONS: Readonly<Record<string, string>> = {
	EADDRINUSE: 'the port is taken by another program',
	EADDRNOTAVAIL: 'this machine does not have that address',
	EACCES: 'only an administrator may take that port',
	ENOTFOUND: 'there is no such host',
};
