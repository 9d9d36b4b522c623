import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import type { Item } from '../../../scripts/demo/fleet-desk.mjs';
import type { ReceivedMail } from '../../lib/smtp-sink';
import { startCommand } from './commands';

export interface Vehicle extends Item {
	readonly id: number;
	readonly vin: string;
	readonly plate: string;
	readonly customerId: number | null;
	readonly attributes: Item;
}

export interface Task extends Item {
	readonly id: number;
	readonly ruleIds: number[];
}

/** What the demo tells of one transport. */
export interface FeedReport {
	readonly cast: Record<'plain' | 'lowOnFuel' | 'watched' | 'canceled' | 'probe', Vehicle>;
	readonly tasks: Record<'plain' | 'watched' | 'canceled', Task>;
	readonly messages: readonly { readonly messageId: string; readonly reportedAt: string }[];
	readonly mails: readonly ReceivedMail[];
	readonly firings: readonly (Item & { readonly id: number })[];
	readonly actions: readonly Item[];
	readonly logs: readonly Item[];
	readonly createdTasks: readonly (Item & { readonly id: number })[];
	readonly statuses: readonly (Item & { readonly vehicleId: number })[];
	readonly unread: { readonly pending: number; readonly lag: number } | null;
}

export type FeedName = 'embedded' | 'redisStreams' | 'redisPubSub';

export interface DemoReport extends Record<FeedName, FeedReport> {
	readonly uploadForm: { readonly page: string; readonly import: Item };
	readonly uploadApi: {
		readonly answer: { readonly status: number; readonly body: Item };
		readonly import: Item;
	};
	readonly store: {
		readonly vehicles: Vehicle[];
		readonly customers: (Item & { readonly id: number })[];
		readonly statuses: (Item & { readonly vehicleId: number })[];
	};
	readonly edit: Record<'created' | 'read' | 'updated' | 'deleted', Item>;
	readonly attach: {
		readonly pairs: { readonly vehicle: number; readonly customer: number }[];
		readonly attached: Vehicle[];
	};
	readonly rules: Record<'lowFuel' | 'doorOpen', Item & { readonly id: number }>;
}

export interface DemoRun {
	readonly code: number | null;
	/** What it printed. */
	readonly screen: string;
	/** Null when it ended before its end. */
	readonly report: DemoReport | null;
}

/** Runs `npm run demo` to its end. The programs of the services are found wherever the tests find them. */
export async function runDemo(
	env: Readonly<Record<string, string>>,
	args: readonly string[] = [],
): Promise<DemoRun> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-demo-report-'));
	const json = join(folder, 'report.json');
	try {
		const path = [process.env.PATH, '/usr/bin', '/usr/local/bin'].join(delimiter);
		const demo = startCommand('demo', { PATH: path, ...env }, ['--json', json, ...args]);
		const code = await demo.untilEnded();
		const text = await readFile(json, 'utf8').catch(() => 'null');
		return { code, screen: demo.screen(), report: JSON.parse(text) as DemoReport | null };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
