import fc from 'fast-check';
import { StoreUnavailableError } from '../errors';
import { poisonFilter } from './isolate-poison';

const message = (transportId: string) => ({ transportId, payload: `payload ${transportId}` });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => message(String(index)));
const away = () => new StoreUnavailableError('The store is away', 'Wait for it.');
const MINUTE = 60_000;

/** A store with an inbox, in which some messages make a whole batch fail. */
function rig(options: { poison?: readonly string[]; maxTries?: number; mostFailures?: number } = {}) {
	const poison = new Set(options.poison);
	const taken: string[] = [];
	const quarantined: string[] = [];
	let tries = 0;
	/** Messages that fail until another one is taken. */
	const failsBefore = new Map<string, string>();
	const self = { now: 0, isAway: false, isBroken: false, failsBefore };
	const take = poisonFilter({
		maxTries: options.maxTries ?? 3,
		...(options.mostFailures === undefined ? {} : { mostFailures: options.mostFailures }),
		clock: () => self.now,
		async process(messages) {
			tries++;
			if (self.isAway) throw away();
			const isBad = ({ transportId }: { transportId: string }) => {
				const before = failsBefore.get(transportId);
				return poison.has(transportId) || (before !== undefined && !taken.includes(before));
			};
			const bad = messages.find((each) => self.isBroken || isBad(each));
			if (bad !== undefined) throw new Error(`refused ${bad.transportId}`);
			const fresh = messages.map(({ transportId }) => transportId).filter((id) => !taken.includes(id));
			taken.push(...fresh);
			return fresh.length;
		},
		async quarantine(found) {
			quarantined.push(...found.map((each) => each.message.transportId));
		},
	});
	return { self, take, taken, quarantined, poison, tries: () => tries };
}

/** As a transport does: again, until it is acknowledged. Answers how often it was delivered. */
async function deliver(take: ReturnType<typeof rig>['take'], ids: ReturnType<typeof numbered>, atMost = 50) {
	for (let delivery = 1; delivery <= atMost; delivery++) {
		if (
			await take(ids).then(
				() => true,
				() => false,
			)
		)
			return delivery;
	}
	return Infinity;
}

describe('poisonFilter', () => {
	it('quarantines what fails alone at the last try, and takes the rest in its order', async () => {
		const { take, taken, quarantined } = rig({ poison: ['3', '4', '9'] });
		expect(await deliver(take, numbered(12))).toBe(3);
		expect(quarantined).toEqual(['3', '4', '9']);
		expect(taken).toEqual(['0', '1', '2', '5', '6', '7', '8', '10', '11']);
	});

	it('never seeks while the store is away, and stops seeking when it goes away', async () => {
		const { take, self, quarantined } = rig({ poison: ['1'] });
		self.isAway = true;
		for (let count = 0; count < 10; count++) await expect(take(numbered(4))).rejects.toThrow('is away');
		expect(quarantined).toEqual([]);
		self.isAway = false;
		expect(await deliver(take, numbered(4))).toBe(3);
		expect(quarantined).toEqual(['1']);
	});

	it('lets a message through that failed only once in the search', async () => {
		const { take, self, quarantined, taken } = rig({ poison: ['2'], maxTries: 1 });
		self.failsBefore.set('1', '3');
		await take(numbered(4));
		expect(quarantined).toEqual(['2']);
		expect(taken).toEqual(['0', '3', '1']);
	});

	it('keeps all when nothing is accepted: that is trouble of the store', async () => {
		const { take, self, taken, quarantined } = rig();
		self.isBroken = true;
		for (let count = 0; count < 30; count++) await expect(take(numbered(8))).rejects.toThrow('refused');
		expect(quarantined).toEqual([]);
		self.isBroken = false;
		expect(await deliver(take, numbered(8))).toBe(1);
		expect(taken).toHaveLength(8);
	});

	it('does not take repetitions that go through for a proof that the store works', async () => {
		const { take, self, quarantined, poison } = rig({ maxTries: 1 });
		await take(numbered(4));
		for (const id of ['4', '5', '6']) poison.add(id);
		for (let count = 0; count < 10; count++) await expect(take(numbered(7))).rejects.toThrow('refused');
		expect(quarantined).toEqual([]);
		self.now = 2 * MINUTE;
		await expect(take(numbered(7))).rejects.toThrow('refused');
		expect(quarantined).toEqual(['4']);
	});

	it('quarantines one after a minute, the next after two, so that a feed of nothing else goes on at last', async () => {
		const { take, self, taken, quarantined } = rig({ poison: ['0', '1'], maxTries: 1 });
		const both = numbered(2);
		const history: number[] = [];
		for (; self.now < 10 * MINUTE && history.length < 2; self.now += MINUTE / 2) {
			await take(both).catch(() => undefined);
			if (quarantined.length > history.length) history.push(self.now / MINUTE);
		}
		expect(history).toEqual([1, 3]);
		await take([message('2')]);
		expect(taken).toEqual(['2']);
	});

	it('seeks less and less often while everything fails', async () => {
		const { take, self, tries, quarantined } = rig({ maxTries: 1 });
		self.isBroken = true;
		const searches: number[] = [];
		for (; self.now < 60 * MINUTE; self.now += MINUTE / 4) {
			const before = tries();
			await take(numbered(9)).catch(() => undefined);
			if (tries() - before > 1) searches.push(self.now / MINUTE);
		}
		expect(searches).toEqual([0, 1, 3, 7, 15, 25, 35, 45, 55]);
		expect(quarantined).toHaveLength(5);
	});

	it('gives a search up when so many tries have failed, and keeps all', async () => {
		const { take, self, tries, quarantined, taken } = rig({ maxTries: 1, mostFailures: 12 });
		self.isBroken = true;
		await expect(take(numbered(1000))).rejects.toThrow('refused');
		expect([tries(), quarantined]).toEqual([13, []]);
		self.now = MINUTE;
		await expect(take(numbered(1000))).rejects.toThrow('refused');
		expect([tries(), quarantined]).toEqual([26, ['0']]);
		self.isBroken = false;
		await take(numbered(1000));
		expect(taken).toHaveLength(999);
	});

	it('goes on for as many as fail once a try has gone through', async () => {
		const bad = Array.from({ length: 40 }, (_, index) => String(index + 5));
		const { take, quarantined, taken } = rig({ maxTries: 1, mostFailures: 8, poison: bad });
		await take(numbered(100));
		expect([quarantined, taken.length]).toEqual([bad, 60]);
	});

	it('takes each good message once and quarantines each poison once, whatever comes between', async () => {
		const outages = fc.infiniteStream(fc.integer({ min: 0, max: 30 }));
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 2, max: 60 }),
				fc.array(fc.nat(59)),
				fc.integer({ min: 1, max: 4 }),
				fc.integer({ min: 8, max: 30 }),
				outages,
				async (count, places, maxTries, mostFailures, outage) => {
					const bad = [...new Set(places.map(String))].filter((id) => Number(id) > 0 && Number(id) < count);
					const { take, self, taken, quarantined } = rig({ poison: bad, maxTries, mostFailures });
					const messages = numbered(count);
					let deliveries = 0;
					for (let isTaken = false; !isTaken && deliveries < 400; deliveries++) {
						// Every other delivery, the store goes away and comes back at some moment of the event loop.
						const ticks = outage.next().value as number;
						const trouble = (async () => {
							for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
							self.isAway = deliveries % 2 === 1 && ticks % 3 === 0;
						})();
						isTaken = await take(messages).then(
							() => true,
							() => false,
						);
						await trouble;
						self.isAway = false;
						self.now += MINUTE;
					}
					expect(deliveries).toBeLessThan(400);
					expect([...taken].sort()).toEqual(
						messages
							.map(({ transportId }) => transportId)
							.filter((id) => !bad.includes(id))
							.sort(),
					);
					expect([...new Set(quarantined)].sort()).toEqual([...bad].sort());
				},
			),
			{ numRuns: 200 },
		);
	});
});
