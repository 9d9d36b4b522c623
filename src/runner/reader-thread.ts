/** What a reading thread runs: one subscription, whose batches it hands over and settles as it is told. */
import { parentPort, workerData } from 'node:worker_threads';
import { openNetworkBus } from '../adapters/bus/open-bus';
import { BusUnavailableError } from '../app/errors';
import { type Deferred, deferred } from './deferred';
import { type FromReader, toColumns, type ToReader } from './reader-messages';
import { toPlain } from './thread-messages';
import type { ReadWork } from './thread-work';

if (parentPort === null) throw new Error('This file is started by n8n-nodes-fleet, as a thread');
const parent = parentPort;
const post = (message: FromReader) => parent.postMessage(message);
const { transport, feed, options } = workerData as ReadWork;

interface InHand {
	readonly id: number;
	readonly isSettled: Deferred<void>;
	ack(): Promise<void>;
}

let inHand: InHand | null = null;
let lastId = 0;

async function acknowledge(id: number): Promise<void> {
	try {
		if (inHand?.id !== id) throw taken();
		await inHand.ack();
	} catch (error) {
		return post({ type: 'acked', id, error: toPlain(error) });
	}
	post({ type: 'acked', id, error: null });
	inHand.isSettled.resolve();
}

const taken = () =>
	new BusUnavailableError(
		'The batch is not the one that this reader has in hand',
		'Nothing to do: it is delivered again.',
	);

async function main(): Promise<void> {
	const bus = openNetworkBus(transport);
	const subscription = await bus.subscribe(
		feed,
		{
			...options,
			onState: (state) => post({ type: 'state', state }),
			onLoss: (loss) => post({ type: 'loss', loss }),
		},
		async ({ messages, ack }) => {
			const isSettled = deferred<void>();
			inHand = { id: ++lastId, isSettled, ack };
			post({ type: 'batch', id: lastId, messages: toColumns(messages) });
			await isSettled.promise;
		},
	);
	const obey = async (message: ToReader): Promise<void> => {
		switch (message.type) {
			case 'ack':
				return await acknowledge(message.id);
			case 'refuse':
				if (inHand?.id === message.id) inHand.isSettled.resolve();
				return;
			case 'lag':
				return post({ type: 'lag', id: message.id, lag: await subscription.lag() });
			case 'close':
				await subscription.close(message.drainMs);
				await bus.close();
				parent.close();
		}
	};
	parent.on('message', (message: ToReader) => void obey(message));
	post({ type: 'started' });
}

main().catch((error: unknown) => {
	post({ type: 'refused', error: toPlain(error) });
	parent.close();
});
