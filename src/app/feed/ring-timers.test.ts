import { timerBell, type TimerBell } from './ring-timers';

const seconds = async (count: number) => await jest.advanceTimersByTimeAsync(count * 1000);

describe('timerBell', () => {
	let bell: TimerBell;
	let rings: number[];
	let failures: unknown[];
	let ring: () => Promise<void>;
	let lag: () => number | null;
	beforeEach(() => {
		jest.useFakeTimers({ now: 0 });
		rings = [];
		failures = [];
		ring = () => Promise.resolve(void rings.push(Date.now() / 1000));
		lag = () => null;
		bell = timerBell({
			backlogSize: 100,
			ring: () => ring(),
			tell: (failure) => failures.push(failure),
		});
		bell.opened();
		bell.start(() => Promise.resolve(lag()));
	});
	afterEach(async () => {
		const stopped = bell.stop();
		await seconds(1);
		await stopped;
		jest.useRealTimers();
	});

	it('rings every second once what was waiting at the start could be read, and not after it was stopped', async () => {
		await seconds(7);
		expect(rings).toEqual([5, 6, 7]);
		await bell.stop();
		await seconds(5);
		expect(rings).toEqual([5, 6, 7]);
	});

	it('rings as soon as a batch tells that all is read, and waits while full batches come', async () => {
		const take = () => Promise.resolve();
		await bell.takeBatch(true, take);
		await seconds(1);
		await bell.takeBatch(false, take);
		await seconds(2);
		expect(rings).toEqual([2, 3]);
		await bell.takeBatch(true, take);
		await seconds(4);
		expect(rings).toEqual([2, 3]);
	});

	it('rings at last although the batches never end', async () => {
		for (let second = 0; second < 62; second++) {
			await bell.takeBatch(true, () => Promise.resolve());
			await seconds(1);
		}
		expect(rings[0]).toBe(60);
	});

	it('waits a minute at most for a transport that cannot be read, and again when it can be', async () => {
		await bell.stop();
		bell = timerBell({ backlogSize: 100, ring: () => ring(), tell: () => undefined });
		bell.start(() => Promise.resolve(null));
		await seconds(62);
		bell.opened();
		await seconds(6);
		expect(rings).toEqual([60, 61, 62, 67, 68]);
	});

	it('waits while another reader of the group works a backlog off, however long', async () => {
		lag = () => 700 - Date.now() / 1000;
		await seconds(599);
		expect(rings).toEqual([]);
		await seconds(10);
		expect(rings[0]).toBeLessThanOrEqual(606);
	});

	it('waits while it works a backlog off itself, whether batches are full or not', async () => {
		lag = () => 700 - Date.now() / 1000;
		for (let second = 0; second < 599; second++) {
			await bell.takeBatch(second % 3 > 0, () => Promise.resolve());
			await seconds(1);
		}
		expect(rings).toEqual([]);
	});

	it('still waits when the lag is not known for a while', async () => {
		lag = () => (Date.now() % 3000 === 0 ? 700 - Date.now() / 1000 : null);
		await seconds(599);
		expect(rings).toEqual([]);
	});

	it.each(['full', 'small'])('rings each minute although a lag of %s batches never shrinks', async (size) => {
		lag = () => 5000 + (Date.now() % 7);
		for (let second = 0; second < 200; second++) {
			await bell.takeBatch(size === 'full', () => Promise.resolve());
			await seconds(1);
		}
		expect(rings.length).toBeGreaterThanOrEqual(2);
		expect(rings.length).toBeLessThanOrEqual(3);
	});

	it('counts what waits rarely while there is much', async () => {
		let looks = 0;
		lag = () => 1000 - ++looks;
		await seconds(60);
		expect(looks).toBeLessThanOrEqual(13);
	});

	it('never rings while a batch is taken, nor the other way round', async () => {
		let isTaking = false;
		const overlaps: boolean[] = [];
		ring = async () => {
			overlaps.push(isTaking);
			await new Promise((resolve) => setTimeout(resolve, 300));
			overlaps.push(isTaking);
		};
		const take = async () => {
			isTaking = true;
			await new Promise((resolve) => setTimeout(resolve, 700));
			isTaking = false;
		};
		const batches: Promise<void>[] = [];
		for (let count = 0; count < 10; count++) {
			batches.push(bell.takeBatch(false, take));
			await seconds(1);
		}
		await Promise.all(batches);
		expect(overlaps.length).toBeGreaterThan(10);
		expect(overlaps).not.toContain(true);
	});

	it('goes on after a failure, and waits for a batch that failed to come again', async () => {
		await bell.takeBatch(false, () => Promise.resolve());
		const broken = new Error('database is locked');
		const good = ring;
		ring = () => Promise.reject(broken);
		await seconds(2);
		ring = good;
		await seconds(1);
		expect(failures).toEqual([broken, broken, null]);
		expect(rings).toEqual([3]);
		await expect(bell.takeBatch(false, () => Promise.reject(broken))).rejects.toThrow(broken);
		await seconds(4);
		expect(rings).toEqual([3]);
	});
});
