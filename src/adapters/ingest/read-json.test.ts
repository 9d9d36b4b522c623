import { Readable } from 'node:stream';
import { planImport } from '../../domain/mapping/plan-import';
import { rowInterpreter } from '../../domain/mapping/row-interpreter';
import type { SourceRow } from '../../domain/mapping/source-row';
import type { MessageFormat } from '../../domain/message-formats/message-format';
import { messageReader } from '../../domain/message-formats/message-reader';
import { parseStatusMessage } from '../../domain/parse-status-message';
import { readRows } from './read-rows';

const LIMITS = { now: Date.UTC(2030, 0, 1), maxFutureMs: 0 };

async function rowsOf(bytes: Buffer, size: number): Promise<SourceRow[]> {
	function* pieces() {
		for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
	}
	const rows: SourceRow[] = [];
	for await (const some of readRows({ fileName: 'a.json', open: async () => Readable.from(pieces()) })) {
		for (const row of some) if (row.ok) rows.push(row.row);
	}
	return rows;
}

function byFile(rows: readonly SourceRow[], format: MessageFormat | null): unknown[] {
	const asked = { recordType: 'auto', mapping: null, format, remembered: () => null } as const;
	const interpret = rowInterpreter(planImport(rows, asked), 'auto');
	return rows.flatMap((row) => {
		const interpreted = interpret(row);
		const statuses = interpreted.ok ? (interpreted.records.statuses ?? []) : [{ value: interpreted }];
		return statuses.map(({ value }) => {
			const parsed = parseStatusMessage(structuredClone(value), LIMITS, '', {
				origin: { pathOf: (field) => field },
			});
			return parsed.ok ? parsed.message : parsed;
		});
	});
}

function byFeed(payload: object, format: MessageFormat): unknown[] {
	const messages: unknown[] = [];
	messageReader(format).read(JSON.stringify(payload), {}, LIMITS, (parsed) => {
		messages.push(parsed.ok ? parsed.message : parsed);
	});
	return messages;
}

const at = (longitude: number) => ({ latitude: 52.5, longitude });
const CASES: readonly (readonly [string, object, MessageFormat, boolean])[] = [
	[
		'the time of a GTFS-realtime feed',
		{
			header: { gtfsRealtimeVersion: '2.0', timestamp: '1650000000' },
			entity: [
				{ id: 'a', alert: {} },
				{ id: 'b', vehicle: { vehicle: { id: 'bus-7' }, position: at(13.4) } },
				{ id: 'c', vehicle: { vehicle: { id: 'bus-8' }, position: at(13.5), timestamp: 1_640_000_000 } },
			],
		},
		{ preset: 'gtfsRealtime', messageId: 'message' },
		true,
	],
	[
		'the time behind the list',
		{
			entity: [{ id: 'b', vehicle: { vehicle: { id: 'bus-7' }, position: at(13.4) } }],
			header: { note: 'x'.repeat(20_000), timestamp: 1_650_000_000 },
		},
		{ preset: 'gtfsRealtime', messageId: 'message' },
		true,
	],
	[
		'whatever the format says',
		{
			sender: { name: 'x', car: 'M-AB 1' },
			body: {
				day: '2026-01-02T03:04:05Z',
				readings: [
					{ id: '1', v: 10 },
					{ id: '2', v: 20 },
				],
			},
		},
		{
			...{ preset: 'custom', messageId: { field: 'id' } },
			mapping: {
				...{ items: 'body.readings', vehicle: '$.sender.car', time: '$.body.day' },
				attributes: [{ path: 'v', name: 'speed', unit: 'mph' }],
			},
		},
		false,
	],
];

test.each(CASES)(
	'what stands beside the list counts for its elements: %s',
	async (_, payload, format, isKnown) => {
		const expected = byFeed(payload, format);
		expect(expected.length).toBeGreaterThan(0);
		for (const message of expected) expect(message).toHaveProperty('vehicleKey');
		for (const size of [5, 65_536]) {
			const rows = await rowsOf(Buffer.from(JSON.stringify(payload)), size);
			expect(byFile(rows, format)).toEqual(expected);
			if (isKnown) expect(byFile(rows, null)).toEqual(expected);
		}
	},
);
