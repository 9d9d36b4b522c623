import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { MessageBus } from '../../src/app/ports/message-bus';
import { collect, eventually, numbered } from './bus/collector';
import { buildPeer, type PeerProgram } from './bus/spawn-peer';
import { describeTransports, type Rig } from './bus/transports';

describeTransports('a subscriber that is killed', (transport) => {
	let rig: Rig;
	let bus: MessageBus;
	let peer: PeerProgram;
	const feed = `feed-${randomUUID()}`;

	beforeAll(async () => {
		rig = await transport.start();
		bus = rig.open();
		peer = await buildPeer();
	});
	afterAll(async () => {
		await peer?.remove();
		await bus?.close();
		await rig?.stop();
	});

	it(`${transport.isDurable ? 'leaves' : 'does not leave'} what it had in hand to the next one`, async () => {
		if (!transport.keepsBeforeFirst) await (await collect(bus, feed)).subscription.close();
		await bus.publish(feed, numbered(30, 3));
		const child = peer.spawn(rig.forProcess, 'hold', feed, 10);
		if (!transport.isDurable) {
			await eventuallyHolding(async () => await bus.publish(feed, numbered(30, 3)), child);
			child.kill('SIGKILL');
			const collector = await collect(bus, feed, { from: 'start' });
			await bus.publish(feed, numbered(1, 1, 'later-'));
			await eventually(() => collector.messages.length > 0, collector.payloads);
			expect(collector.payloads()).toEqual(['later-vehicle-0:0']);
			return;
		}
		const [line] = (await once(child.stdout!, 'data')) as [Buffer];
		expect(line.toString()).toMatch(/^holding \d/);
		const collector = await collect(bus, feed, { from: 'start' });
		child.kill('SIGKILL');
		const seen = () => new Set(collector.payloads());
		await eventually(() => seen().size >= 30, collector.payloads, transport.patienceMs);
		for (const key of ['vehicle-0', 'vehicle-1', 'vehicle-2']) {
			const sent = numbered(30, 3).filter((message) => message.key === key);
			const got = [...seen()].filter((payload) => payload.startsWith(`${key}:`));
			expect(got).toEqual(sent.map(({ payload }) => payload));
		}
	});

	/** What keeps nothing has to be told until somebody hears it. */
	async function eventuallyHolding(tell: () => Promise<void>, child: ReturnType<PeerProgram['spawn']>) {
		let heard = '';
		child.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString()));
		const telling = setInterval(() => void tell(), 100);
		await eventually(
			() => heard.includes('holding'),
			() => heard,
			transport.patienceMs,
		).finally(() => clearInterval(telling));
	}
});
