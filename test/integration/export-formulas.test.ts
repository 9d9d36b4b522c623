import { parse } from 'csv-parse/sync';
import { read } from 'xlsx';
import { EXPORTED, type ExportedList } from '../../src/app/exports/export-table';
import {
	customerFields,
	firing,
	report,
	ruleFields,
	taskFields,
	vehicleFields,
} from '../contracts/store/samples';
import { type ExportBench, NOW, openExportBench } from './export-lib';

const ATTACKS = ['=HYPERLINK("http://127.0.0.1";"x")', '+1+cmd', '-1+cmd', '@SUM(A1)'];
let bench: ExportBench;

beforeAll(async () => {
	bench = await openExportBench();
	await bench.write(async (session) => {
		for (const [at, text] of ATTACKS.entries()) {
			const attributes = { note: text };
			await session.customers.create(
				customerFields({ externalId: text, name: text, email: null, attributes }),
				NOW,
			);
			const fields = vehicleFields({ plate: `M-AB ${at}`, name: text, attributes });
			const { id: vehicleId } = await session.vehicles.create(fields, NOW);
			await session.tasks.create(taskFields({ title: text, description: text }), NOW);
			const status = report(vehicleId, { messageId: text, reportedAt: NOW, sequence: at, attributes });
			await session.statuses.append([status]);
			await session.statuses.saveCurrent([status]);
			const { id: ruleId } = await session.rules.create(ruleFields({ name: text }), NOW);
			await session.firings.open([
				firing({ ruleId, ruleName: text, vehicleId, openedAt: NOW, evidence: attributes }),
			]);
			await session.logs.append([{ at: NOW, level: 'info', message: text, vehicleId, firingId: null }]);
			const shape = { type: 'circle', center: [11.5, 48.1], radiusMeters: 100 } as const;
			await session.geofences.create({ name: text, tags: [text], shape, hysteresisMeters: 0 }, NOW);
			const refused = { messageId: text, payload: text, reason: text, field: null };
			await session.quarantine.add([{ ...refused, feed: 'test', receivedAt: NOW }]);
		}
	});
	for (const text of ATTACKS) await bench.import(text, Buffer.from('title\nOne\n'), 'tasks');
});
afterAll(async () => await bench.close());

/** What a spreadsheet would run, numbers aside. */
const runs = (cell: string) => /^[=+@\t\r]/.test(cell) || /^-(?!\d+(?:\.\d+)?$)/.test(cell);

async function bytesOf(list: ExportedList, format: 'csv' | 'xlsx' | 'json'): Promise<Buffer> {
	return (await bench.export({ list, details: true }, { format })).bytes;
}

test.each(EXPORTED)('%s: no text is a formula in any format, and each is there', async (list) => {
	const csv: string[][] = parse(await bytesOf(list, 'csv'), { bom: true });
	const cells = csv.flat();
	expect(cells.filter(runs)).toEqual([]);

	const [sheet] = Object.values(read(await bytesOf(list, 'xlsx')).Sheets);
	const typed = Object.entries(sheet ?? {}).flatMap(([at, cell]) =>
		at.startsWith('!') ? [] : [cell as object],
	);
	expect(typed.filter((cell) => 'f' in cell)).toEqual([]);

	const json = JSON.parse((await bytesOf(list, 'json')).toString()) as object[];
	expect(json).toHaveLength(csv.length - 1);
	for (const text of ATTACKS) {
		expect(cells).toContain(`'${text}`);
		expect(typed).toContainEqual(expect.objectContaining({ t: 's', v: text }));
		expect(JSON.stringify(json)).toContain(JSON.stringify(text));
	}
});
