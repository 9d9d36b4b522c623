import { setTimeout as sleep } from 'node:timers/promises';
import { runSubscription, type Session } from './run-subscription';

const OPTIONS = { group: 'fleet', batchSize: 10, from: 'start' } as const;

const subscribeWith = async (session: (session: Session) => Promise<void>, told: (string | null)[]) =>
	await runSubscription(
		{ session, describe: String, retryMaxMs: 400 },
		{ ...OPTIONS, onState: ({ reason }) => void told.push(reason) },
		async ({ ack }) => await ack(),
	);

describe('a subscription', () => {
	it('whose sessions begin and fail at once is told to be down once, and tries less and less often', async () => {
		const told: (string | null)[] = [];
		let sessions = 0;
		const refused = async ({ ready }: Session) => {
			sessions++;
			ready();
			await sleep(5);
			throw new Error('may not read');
		};
		const subscription = await subscribeWith(refused, told);
		await sleep(2500);
		await subscription.close();
		expect(told).toEqual([null, 'Error: may not read']);
		expect(sessions).toBeLessThan(18);
	});

	it('is told to be up again by the first batch', async () => {
		const told: (string | null)[] = [];
		let sessions = 0;
		const flaky = async ({ closing, ready, deliver }: Session) => {
			ready();
			if (++sessions < 3) throw new Error('gone');
			await deliver([{ transportId: '1', payload: 'text' }], async () => undefined);
			while (!closing.aborted) await sleep(5);
		};
		const subscription = await subscribeWith(flaky, told);
		await sleep(1000);
		expect(told).toEqual([null, 'Error: gone', null]);
		await subscription.close();
	});

	it('is told to be up again when nothing comes and nothing fails', async () => {
		const told: (string | null)[] = [];
		let sessions = 0;
		const quiet = async ({ closing, ready }: Session) => {
			ready();
			if (++sessions < 2) throw new Error('gone');
			while (!closing.aborted) await sleep(5);
		};
		const subscription = await subscribeWith(quiet, told);
		await sleep(3000);
		expect(told).toEqual([null, 'Error: gone', null]);
		await subscription.close();
	});
});
