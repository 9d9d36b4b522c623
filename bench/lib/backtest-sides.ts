import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type TypeOrmStore } from '../../src/adapters/store/open-store';
import { backtestRule } from '../../src/app/rules/backtest-rule';
import { scanHistory } from '../../src/app/rules/scan-history';
import { parseRuleFields } from '../../src/domain/rules/parse-rule';
import type { BenchSide } from './measure';
import { makeReports, nextReports } from './rule-workload';
import { addVehicles } from '../../test/lib/add-vehicles';

const VEHICLES = 1_000;
const REPORTS_EACH = 1_000;
const STATUSES = VEHICLES * REPORTS_EACH;
const EVERY_MS = 10_000;
const START = Date.parse('2026-03-01T00:00:00Z');

export interface BacktestBench {
	/** A million statuses of a thousand vehicles past one rule with a duration; and the same read without a rule. */
	readonly backtest: BenchSide;
	readonly readOnly: BenchSide;
	close(): Promise<void>;
}

export async function openBacktestBench(): Promise<BacktestBench> {
	const folder = await mkdtemp(join(tmpdir(), 'fleet-bench-'));
	const store = await openStore({ kind: 'sqlite', path: join(folder, 'fleet.sqlite') });
	await fillHistory(store);
	const fleet = { store, clock: () => START + REPORTS_EACH * EVERY_MS };
	const pattern = { attribute: 'speed', operator: 'gt', value: 60, forSeconds: 30 };
	const fields = parseRuleFields({ name: 'Too fast', pattern, maxGapSeconds: 60 });
	const rule = await store.write(({ rules }) => rules.create(fields, START));
	return {
		backtest: {
			what: 'backtest of a rule with a duration',
			run: async () => {
				const { statuses, fired } = await backtestRule(fleet, { id: rule.id });
				if (statuses !== STATUSES || fired === 0) throw new Error(`${statuses} statuses, ${fired} firings`);
				return statuses;
			},
		},
		readOnly: {
			what: 'the same history, read only',
			run: async () => {
				let statuses = 0;
				const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };
				for await (const { reports } of scanHistory(fleet, everything)) statuses += reports.length;
				return statuses;
			},
		},
		async close() {
			await store.close();
			await rm(folder, { recursive: true });
		},
	};
}

async function fillHistory(store: TypeOrmStore): Promise<void> {
	const vehicleIds = await store.write(async (session) => {
		const vins = Array.from({ length: VEHICLES }, (_, i) => ({ vin: `WDB${String(i).padStart(14, '0')}` }));
		return await addVehicles(session, vins, START);
	});
	let values = makeReports(VEHICLES);
	for (let turn = 0; turn < REPORTS_EACH; turn++) {
		const reportedAt = START + turn * EVERY_MS;
		const reports = values.map((attributes, i) => ({
			vehicleId: vehicleIds[i] ?? 0,
			feed: 'bench',
			messageId: `${turn}-${i}`,
			...{ reportedAt, sequence: 0, receivedAt: reportedAt, position: null, attributes, isLate: false },
		}));
		await store.write(({ statuses }) => statuses.append(reports));
		values = nextReports(values, turn);
	}
}
