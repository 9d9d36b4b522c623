import fc from 'fast-check';
import type { ScannedReport } from '../../src/app/ports/store-statuses';
import { AT, report, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

const VEHICLES = 3;

/** Reports that come at once; before they do, so many ids are lost, as if as many reports had come meanwhile. */
const arrival = fc.record({
	lostIds: fc.constantFrom(0, 0, 10, 65_500, 65_530, 200_000),
	reports: fc.array(
		fc.record({
			vehicleId: fc.integer({ min: 1, max: VEHICLES }),
			// Most follow each other, some are late, and some are of one time.
			at: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.constant(0), fc.integer({ min: -9, max: 9 })),
			sequence: fc.nat(1),
		}),
		{ minLength: 1, maxLength: 12 },
	),
});

describeStores('the history', (use) => {
	beforeEach(async () => {
		await use().store.write(async ({ vehicles }) => {
			for (let i = 1; i <= VEHICLES; i++) await vehicles.create(vehicleFields({ plate: `A ${i}` }), AT);
		});
	});

	const loseIds = async (count: number) => {
		const sql =
			use().options.kind === 'sqlite'
				? `UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'status_history'`
				: `SELECT setval(pg_get_serial_sequence('status_history', 'id'), nextval(pg_get_serial_sequence('status_history', 'id')) + CAST(? AS BIGINT))`;
		await use().store.database.write((query) => query(sql, [count]));
	};

	const scanAll = async (range: { from: number; to: number; vehicleIds?: number[] }, limit: number) => {
		const found: ScannedReport[] = [];
		for (let after: ScannedReport | null = null; ; after = found.at(-1) ?? null) {
			const from = after;
			const page = await use().store.read(({ statuses }) => statuses.scan({ ...range, after: from, limit }));
			if (page.length === 0) return found;
			found.push(...page);
		}
	};

	it('is read in its order, in pages of any size, however many reports of others lie between', async () => {
		expect.hasAssertions();
		await fc.assert(
			fc.asyncProperty(
				fc.array(arrival, { minLength: 1, maxLength: 8 }),
				fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: -5, max: 40 })),
				fc.integer({ min: 1, max: 9 }),
				fc.option(fc.subarray([1, 2, 3], { minLength: 1 })),
				async (arrivals, [begin, length], limit, only) => {
					await use().store.database.write((query) => query('DELETE FROM status_history'));
					const stored: { id: string; vehicleId: number; reportedAt: number; sequence: number }[] = [];
					let time = AT;
					for (const { lostIds, reports } of arrivals) {
						if (lostIds > 0) await loseIds(lostIds);
						const batch = reports.map(({ vehicleId, at, sequence }) => {
							const reportedAt = at < 0 ? time + at : (time += at);
							const id = `m${stored.length}`;
							stored.push({ id, vehicleId, reportedAt, sequence });
							return report(vehicleId, { messageId: id, reportedAt, sequence });
						});
						await use().store.write(({ statuses }) => statuses.append(batch));
					}
					const [from, to] = [AT + begin, AT + begin + length];
					const inRange = stored.filter(({ reportedAt }) => reportedAt >= from && reportedAt <= to);
					const place = (id: string) => Number(id.slice(1));
					const scanned = await scanAll({ from, to, ...(only && { vehicleIds: only }) }, limit);
					expect(scanned.map(({ messageId }) => messageId)).toEqual(
						inRange
							.filter(({ vehicleId }) => only?.includes(vehicleId) ?? true)
							.toSorted(
								(a, b) =>
									a.vehicleId - b.vehicleId || a.reportedAt - b.reportedAt || place(a.id) - place(b.id),
							)
							.map(({ id }) => id),
					);
					for (const vehicleId of [1, 2]) {
						const newest = await use().store.read(({ statuses }) =>
							statuses.history(vehicleId, { from, to, limit }),
						);
						expect(newest.map(({ messageId }) => messageId)).toEqual(
							inRange
								.filter((one) => one.vehicleId === vehicleId)
								.toSorted(
									(a, b) =>
										b.reportedAt - a.reportedAt || b.sequence - a.sequence || place(b.id) - place(a.id),
								)
								.slice(0, limit)
								.map(({ id }) => id),
						);
					}
				},
			),
			{ numRuns: 40 },
		);
	});

	it('goes with its vehicle, and stays with the others', async () => {
		await use().store.write(({ statuses }) => statuses.append([report(1), report(2)]));
		await loseIds(70_000);
		await use().store.write(({ statuses }) => statuses.append([report(1), report(2)]));
		await use().store.write(({ vehicles }) => vehicles.remove(1));
		const left = await use().store.database.read((query) => query('SELECT "vehicleId" FROM status_history'));
		expect(left.map(({ vehicleId }) => vehicleId)).toEqual([2, 2]);
	});
});
