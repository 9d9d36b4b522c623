import type { Transport } from './fleet-desk.mjs';
import type { N8n } from './run-node.mjs';

export interface FeedTransport extends Transport {
	readonly title: string;
	/** Whether it keeps what is sent while nobody listens. */
	readonly isDurable: boolean;
}

export const FEED: string;
export const EMBEDDED: FeedTransport;
export function redisTransports(
	n8n: Pick<N8n, 'call'>,
	port: number,
): Promise<{ readonly transports: FeedTransport[]; remove(): Promise<void> }>;
export function startFeedWorkflow(
	n8n: Pick<N8n, 'call'>,
	transport: FeedTransport,
	feed: string,
): Promise<() => Promise<void>>;
