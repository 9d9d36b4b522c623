import { AT, report, vehicleFields } from './store/samples';
import { describeStores } from './store/stores';

describeStores('statuses', (use) => {
	const twoVehicles = async () =>
		await use().store.write(async ({ vehicles }) => [
			(await vehicles.create(vehicleFields({ vin: 'VIN1' }), AT)).id,
			(await vehicles.create(vehicleFields({ vin: 'VIN2' }), AT)).id,
		]);

	it('keeps the newest of each vehicle as it is given', async () => {
		const { store } = use();
		const [a = 0, b = 0] = await twoVehicles();
		const {
			feed: _feed,
			isLate: _late,
			...first
		} = report(a, {
			valueTimes: { driver: AT - 60_000 },
			position: { latitude: -0.5, longitude: 180, heading: 359.5 },
		});
		const {
			feed: _other,
			isLate: _too,
			...without
		} = report(b, { position: null, sequence: 4, attributes: {} });
		await store.write(async ({ statuses }) => {
			await statuses.saveCurrent([first, without]);
			await statuses.saveCurrent([
				{ ...first, messageId: 'older of the batch' },
				{ ...first, messageId: 'm-2' },
			]);
			await statuses.saveCurrent([]);
		});
		const current = await store.read(({ statuses }) => statuses.current([a, b, 999]));
		expect(current).toEqual(
			new Map([
				[a, { ...first, messageId: 'm-2' }],
				[b, without],
			]),
		);
	});

	it('takes any number of reports and gives them back newest first, from and to included', async () => {
		const { store } = use();
		const [a = 0, b = 0] = await twoVehicles();
		const reports = Array.from({ length: 567 }, (_, i) =>
			report(i % 2 === 0 ? a : b, { messageId: `m-${i}`, reportedAt: AT + i, position: null }),
		);
		await store.write(({ statuses }) => statuses.append(reports));
		await store.read(async ({ statuses }) => {
			expect(await statuses.history(b, {})).toEqual(
				reports.filter(({ vehicleId }) => vehicleId === b).reverse(),
			);
			const some = await statuses.history(a, { from: AT + 10, to: AT + 20, limit: 3 });
			expect(some.map(({ reportedAt }) => reportedAt - AT)).toEqual([20, 18, 16]);
		});
	});

	it('keeps the newest value that was noted of each attribute, by name', async () => {
		const { store } = use();
		const noted = (name: string, lastValue: number | string | boolean, lastReportedAt: number) => ({
			name,
			lastValue,
			lastReportedAt,
		});
		await store.write(async ({ statuses }) => {
			await statuses.noteAttributes([noted('fuelLevel', 40, AT), noted('doors', 'open', AT)]);
			await statuses.noteAttributes([
				noted('fuelLevel', 90, AT - 1),
				noted('doors', 'shut', AT + 2),
				noted('doors', 'ajar', AT + 1),
				noted('ignition', false, AT),
			]);
			await statuses.noteAttributes([]);
		});
		expect(await store.read(({ statuses }) => statuses.knownAttributes())).toEqual([
			noted('doors', 'shut', AT + 2),
			noted('fuelLevel', 40, AT),
			noted('ignition', false, AT),
		]);
	});

	it('scans the history vehicle by vehicle in the order of its times, page by page', async () => {
		const { store } = use();
		const [a = 0, b = 0] = await twoVehicles();
		const reports = Array.from({ length: 60 }, (_, i) =>
			report(i % 2 === 0 ? b : a, {
				messageId: `m-${i}`,
				reportedAt: AT + ((i * 7) % 20),
				sequence: i % 3,
				isLate: i % 5 === 0,
			}),
		);
		await store.write(({ statuses }) => statuses.append(reports));
		const scan = async (limit: number, vehicleIds?: number[]) =>
			await store.read(async ({ statuses }) => {
				const range = { from: AT + 2, to: AT + 15, limit, ...(vehicleIds && { vehicleIds }) };
				const found = [];
				let page = await statuses.scan({ ...range, after: null });
				while (page.length > 0) {
					found.push(...page);
					page = await statuses.scan({ ...range, after: page.at(-1) ?? null });
				}
				return found.map(({ id: _id, ...one }) => one);
			});
		const expected = reports
			.filter(({ reportedAt }) => reportedAt >= AT + 2 && reportedAt <= AT + 15)
			.map(({ feed: _feed, receivedAt: _at, ...one }) => one)
			.sort((x, y) => x.vehicleId - y.vehicleId || x.reportedAt - y.reportedAt);
		expect(await scan(7)).toEqual(expected);
		expect(await scan(1000, [b])).toEqual(expected.filter(({ vehicleId }) => vehicleId === b));
		expect(await scan(10, [])).toEqual([]);
	});

	it('keeps the reports that wait of each vehicle until none is left', async () => {
		const { store } = use();
		const [a = 0, b = 0] = await twoVehicles();
		const { feed: _feed, isLate: _late, ...evaluated } = report(a, { valueTimes: { fuelLevel: AT - 9 } });
		const waiting = (dueAt: number) => ({
			message: { ...report(a), vehicleKey: 'VIN1' },
			receivedAt: AT,
			dueAt,
		});
		const ofA = { vehicleId: a, evaluated, waiting: [waiting(AT + 9), waiting(AT + 3)] };
		const ofB = { vehicleId: b, evaluated: null, waiting: [waiting(AT + 2)] };
		await store.write(async ({ backlogs }) => {
			await backlogs.save([ofA, ofB]);
			expect(await backlogs.of([a, b, 99])).toEqual(
				new Map<number, unknown>([
					[a, ofA],
					[b, ofB],
				]),
			);
			expect(await backlogs.dueVehicles(AT + 1, 10)).toEqual([]);
			expect(await backlogs.dueVehicles(AT + 3, 10)).toEqual([b, a]);
			expect(await backlogs.dueVehicles(AT + 3, 1)).toEqual([b]);
			await backlogs.save([{ ...ofA, waiting: [] }]);
			expect(await backlogs.of([a, b])).toEqual(new Map([[b, ofB]]));
		});
	});

	it('takes a message id once for each feed, however often it comes', async () => {
		const { store } = use();
		const ids = Array.from({ length: 250 }, (_, i) => `id-${i}`);
		await store.write(async ({ inbox }) => {
			expect(await inbox.add('a', [...ids, 'id-3', 'nul\0'], AT)).toEqual(new Set([...ids, 'nul\0']));
			expect(await inbox.add('a', ['id-7', 'new', 'nul\0'], AT)).toEqual(new Set(['new']));
			expect(await inbox.add('b', ['id-7'], AT)).toEqual(new Set(['id-7']));
			expect(await inbox.add('b', [], AT)).toEqual(new Set());
		});
	});

	it("puts events onto the embedded bus's feed, in order, in the same transaction", async () => {
		const { store } = use();
		const event = { type: 'taskCreated', at: AT, recordId: 3, record: { title: 'Ölwechsel' } } as const;
		await store.write(({ events }) => events.append([event, { ...event, type: 'ruleFired', recordId: 9 }]));
		await expect(
			store.write(async ({ events }) => {
				await events.append([event]);
				throw new Error('no');
			}),
		).rejects.toThrow('no');
		const rows = await store.database.read((query) => query('SELECT * FROM bus_message ORDER BY id'));
		expect(rows.map(({ feed, messageKey, publishedAt }) => ({ feed, messageKey, publishedAt }))).toEqual([
			{ feed: 'fleet.events', messageKey: 'task:3', publishedAt: AT },
			{ feed: 'fleet.events', messageKey: 'rule:9', publishedAt: AT },
		]);
		expect(JSON.parse(String(rows[0]?.payload))).toEqual(event);
	});
});
