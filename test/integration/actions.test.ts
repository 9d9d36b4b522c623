import { randomUUID } from 'node:crypto';
import { smtpMailer } from '../../src/adapters/mail/smtp-mailer';
import { performActions } from '../../src/app/actions/perform-actions';
import { createCustomer } from '../../src/app/records/customers';
import { attachVehicle } from '../../src/app/records/attach-vehicle';
import type { Mailer } from '../../src/app/ports/mailer';
import { feedFixture, MINUTE, report, standardFleet, START, type FeedFixture } from '../lib/feed-fixture';
import { startSmtpSink, type SmtpSink } from '../lib/smtp-sink';

const mailerFor = (port: number, timeoutMs = 2000): Mailer =>
	smtpMailer({ host: '127.0.0.1', port, security: 'none', from: 'Fleet <fleet@example.com>', timeoutMs });

describe('performing pending actions', () => {
	let fixture: FeedFixture;
	let sink: SmtpSink;
	let mailer: Mailer;
	let firingId: number;
	beforeEach(async () => {
		fixture = await feedFixture();
		sink = await startSmtpSink();
		mailer = mailerFor(sink.port);
		await standardFleet(fixture);
		const { fired } = await fixture.feed(report('M-AB 123', 0, { fuelLevel: 12, driver: 'Zoë <z@x.yz>' }));
		firingId = fired[0]?.firing.id ?? 0;
	});
	afterEach(async () => {
		mailer.close();
		await Promise.all([sink.close(), fixture.close()]);
	});

	const perform = (options: Parameters<typeof performActions>[1] = {}, by: Mailer | null = mailer) =>
		performActions({ fleet: fixture.fleet, mailer: by, newToken: randomUUID }, options);

	it('sends the email that the rule describes, exactly once', async () => {
		const [first, ...more] = await perform();
		expect(more).toEqual([]);
		expect(first).toMatchObject({ firingId, type: 'sendEmail', state: 'done', error: null, attempts: 1 });
		expect(first?.result).toMatch(/^250/);
		expect(await perform()).toEqual([]);
		expect(sink.mails).toMatchObject([
			{
				recipients: ['ada@example.com'],
				subject: 'Low fuel in M-AB 123',
				text: 'Hello Ada, M-AB 123 has 12 % left. Driver: Zoë <z@x.yz>.',
				messageId: `<firing-${firingId}-action-0-${START}@n8n-nodes-fleet>`,
			},
		]);
	});

	it('performs each action once when several do so at the same time', async () => {
		const all = await Promise.all([perform(), perform(), perform()]);
		expect(all.flat()).toHaveLength(1);
		expect(sink.mails).toHaveLength(1);
	});

	it('waits without an SMTP credential, using up no attempt', async () => {
		const waiting = { state: 'pending', error: expect.stringContaining('No SMTP credential'), attempts: 0 };
		expect(await perform({}, null)).toMatchObject([waiting]);
		expect(await perform({ firingIds: [firingId] }, null)).toMatchObject([waiting]);
		expect(await perform({ firingIds: [firingId + 1] }, null)).toEqual([]);
		expect(await perform()).toMatchObject([{ state: 'done', attempts: 1 }]);
	});

	it('tries again with growing pauses while the server is down, and delivers when it is up', async () => {
		const { port } = sink;
		await sink.close();
		const down = { state: 'pending', error: expect.stringMatching(/nothing listens there[^(]*$/) };
		expect(await perform()).toMatchObject([{ ...down, attempts: 1 }]);
		fixture.now += MINUTE - 1;
		expect(await perform()).toEqual([]);
		fixture.now += 1;
		expect(await perform()).toMatchObject([{ ...down, attempts: 2 }]);
		fixture.now += MINUTE;
		expect(await perform()).toEqual([]);
		sink = await startSmtpSink(port);
		fixture.now += MINUTE;
		expect(await perform()).toMatchObject([{ state: 'done', attempts: 3 }]);
		expect(sink.mails).toHaveLength(1);
	});

	it('gives up after ten attempts, visibly, and can be revived', async () => {
		sink.setMood('defer');
		const states = [];
		for (let attempt = 1; attempt <= 10; attempt++) {
			states.push(...(await perform()));
			fixture.now += 60 * MINUTE;
		}
		expect(states.map(({ state }) => state)).toEqual([...Array<string>(9).fill('pending'), 'dead']);
		const dead = states.at(-1);
		expect(dead?.error).toContain('Given up after 10 attempts');
		expect(await perform()).toEqual([]);
		sink.setMood('accept');
		await fixture.store.write(({ actions }) => actions.revive([dead?.actionId ?? 0], fixture.now));
		expect(await perform()).toMatchObject([{ state: 'done', attempts: 1 }]);
	});

	it('tells of a second delivery after an attempt that may have been one, whatever came between', async () => {
		const { port } = sink;
		const inDoubt = { state: 'pending', error: expect.stringContaining('may have been delivered too') };
		sink.setMood('drop');
		expect(await perform()).toMatchObject([inDoubt]);
		expect(sink.mails).toHaveLength(1);
		await sink.close();
		fixture.now += 60 * MINUTE;
		expect(await perform()).toMatchObject([
			{ ...inDoubt, error: expect.stringMatching(/nothing listens there.*may have been delivered too/) },
		]);
		sink = await startSmtpSink(port);
		fixture.now += 60 * MINUTE;
		expect(await perform()).toMatchObject([
			{ state: 'done', result: expect.stringMatching(/^250.*may have been delivered too/) },
		]);
	});

	it('goes on to the others when one cannot be delivered, and gives up a refused recipient at once', async () => {
		const nobody = await createCustomer(fixture.fleet, { name: 'No mail' });
		await attachVehicle(fixture.fleet, { key: 'M-AB 124' }, { id: nobody.id });
		await fixture.feed(report('M-AB 124', 0, { fuelLevel: 3 }));
		expect(await perform()).toMatchObject([
			{ state: 'done' },
			{ state: 'dead', error: expect.stringContaining('The email has no recipient'), attempts: 1 },
		]);
		await fixture.feed(report('M-AB 123', 1, { fuelLevel: 80 }), report('M-AB 123', 2, { fuelLevel: 2 }));
		sink.setMood('refuse');
		expect(await perform()).toMatchObject([
			{ state: 'dead', error: expect.stringContaining('550 No such mailbox') },
		]);
	});

	it('takes only the firings that it is given, and not more than the limit', async () => {
		const { fired } = await fixture.feed(...refuelled(1));
		const second = fired[0]?.firing.id ?? 0;
		expect(await perform({ firingIds: [] })).toEqual([]);
		expect(await perform({ firingIds: [second] })).toMatchObject([{ firingId: second, state: 'done' }]);
		await fixture.feed(report('M-AB 123', 3, { fuelLevel: 80 }), report('M-AB 123', 4, { fuelLevel: 2 }));
		expect(await perform({ limit: 1 })).toMatchObject([{ firingId }]);
	});

	it('has one email under way, whoever sends, and leases none before its turn', async () => {
		fixture.now += 20 * MINUTE;
		await fixture.feed(...refuelled(6));
		const ofAnotherProcess = { token: 'another', leaseMs: 5 * MINUTE, limit: 2 };
		let underWay = 0;
		let most = 0;
		const watched: Mailer = {
			async send(email) {
				most = Math.max(most, (underWay += 1));
				if (sink.mails.length === 0) {
					const lease = { ...ofAnotherProcess, now: fixture.now };
					expect(await fixture.store.write(({ actions }) => actions.claim(lease))).toHaveLength(2);
				}
				return await mailer.send(email).finally(() => (underWay -= 1));
			},
			close: () => undefined,
		};
		const all = await Promise.all([
			perform({}, watched),
			perform({}, watched),
			perform({ limit: 1 }, watched),
		]);
		expect(most).toBe(1);
		expect(all.flat()).toHaveLength(5);
		expect(sink.mails).toHaveLength(5);
	});

	it('goes on when one of several that send fails', async () => {
		const newToken = () => {
			throw new Error('no token');
		};
		const broken = performActions({ fleet: fixture.fleet, mailer, newToken });
		const [first, second] = await Promise.allSettled([broken, perform()]);
		expect(first).toMatchObject({ status: 'rejected', reason: { message: 'no token' } });
		expect(second).toMatchObject({ status: 'fulfilled', value: [{ state: 'done' }] });
	});

	it('does not mark what another process has taken over', async () => {
		const slow: Mailer = {
			async send(email) {
				fixture.now += 6 * MINUTE;
				const lease = { token: 'another', now: fixture.now, leaseMs: MINUTE, limit: 1 };
				const [taken] = await fixture.store.write(({ actions }) => actions.claim(lease));
				expect(taken).toMatchObject({ attempts: 2 });
				return await mailer.send(email);
			},
			close: () => undefined,
		};
		expect(await perform({}, slow)).toMatchObject([
			{ state: 'pending', error: expect.stringContaining('was taken over by another worker') },
		]);
		fixture.now += MINUTE;
		expect(await perform()).toMatchObject([
			{ state: 'done', attempts: 3, result: expect.stringContaining('may have been delivered too') },
		]);
		const [first, second] = sink.mails;
		expect(first?.messageId).toBe(second?.messageId);
	});
});

/** Reports of `M-AB 123`, after the first, of which every second one fires. */
const refuelled = (times: number) =>
	Array.from({ length: times }, (_, i) => [
		report('M-AB 123', 2 * i + 1, { fuelLevel: 80 }),
		report('M-AB 123', 2 * i + 2, { fuelLevel: 2 }),
	]).flat();
