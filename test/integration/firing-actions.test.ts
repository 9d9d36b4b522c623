import { randomUUID } from 'node:crypto';
import { smtpMailer } from '../../src/adapters/mail/smtp-mailer';
import { performActions } from '../../src/app/actions/perform-actions';
import { listFiringActions, retryFiringActions } from '../../src/app/records/firing-actions';
import { feedFixture, report, standardFleet, type FeedFixture } from '../lib/feed-fixture';
import { startSmtpSink, type SmtpSink } from '../lib/smtp-sink';

describe('the actions of a firing', () => {
	let fixture: FeedFixture;
	let sink: SmtpSink;
	beforeEach(async () => {
		fixture = await feedFixture();
		sink = await startSmtpSink();
		await standardFleet(fixture);
	});
	afterEach(async () => {
		await Promise.all([sink.close(), fixture.close()]);
	});

	it('are listed with their states, and one that was given up is performed after a retry', async () => {
		const { fired } = await fixture.feed(report('M-AB 123', 0, { fuelLevel: 12 }));
		const ref = { id: fired[0]?.firing.id ?? 0 };
		const mailer = smtpMailer({
			host: '127.0.0.1',
			port: sink.port,
			security: 'none',
			from: 'a@example.com',
		});
		const perform = () => performActions({ fleet: fixture.fleet, mailer, newToken: randomUUID });
		sink.setMood('refuse');
		await perform();
		const states = async () => (await listFiringActions(fixture.fleet, ref)).map(({ state }) => state);
		expect(await states()).toEqual(['dead', 'done', 'done']);

		sink.setMood('accept');
		expect(await perform()).toEqual([]);
		const retried = await retryFiringActions(fixture.fleet, ref);
		expect(retried.map(({ state, attempts }) => [state, attempts])).toEqual([
			['pending', 0],
			['done', expect.any(Number)],
			['done', expect.any(Number)],
		]);
		await perform();
		expect(await states()).toEqual(['done', 'done', 'done']);
		expect(sink.mails).toHaveLength(1);
		mailer.close();
	});

	it('of a firing that is not there are an error', async () => {
		await expect(listFiringActions(fixture.fleet, { id: 999 })).rejects.toThrow("There is no firing '999'");
	});
});
