import type {
	IncomingMessage,
	MessageBatch,
	MessageBus,
	SubscribeOptions,
	Subscription,
} from '../../../src/app/ports/message-bus';

export interface Collector {
	readonly messages: IncomingMessage[];
	readonly batchSizes: number[];
	readonly states: { up: boolean; reason: string | null }[];
	readonly subscription: Subscription;
	payloads(): string[];
}

/** Subscribes, notes what comes, and acknowledges each batch, unless `onBatch` does otherwise with it. */
export async function collect(
	bus: MessageBus,
	feed: string,
	options: Partial<SubscribeOptions> & { onBatch?: (batch: MessageBatch) => Promise<void> } = {},
): Promise<Collector> {
	const { onBatch = async (batch) => await batch.ack(), ...subscribe } = options;
	const messages: IncomingMessage[] = [];
	const batchSizes: number[] = [];
	const states: { up: boolean; reason: string | null }[] = [];
	const subscription = await bus.subscribe(
		feed,
		{ group: 'fleet', batchSize: 100, from: 'now', onState: (state) => states.push(state), ...subscribe },
		async (batch) => {
			await onBatch(batch);
			messages.push(...batch.messages);
			batchSizes.push(batch.messages.length);
		},
	);
	return {
		messages,
		batchSizes,
		states,
		subscription,
		payloads: () => messages.map(({ payload }) => String(payload)),
	};
}

/** Rejects, with what was there instead, when `condition` stays false for `withinMs`. */
export async function eventually(
	condition: () => boolean | Promise<boolean>,
	show: () => unknown,
	withinMs = 10_000,
	everyMs = 5,
): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!(await condition())) {
		if (Date.now() > deadline)
			throw new Error(`It never became so: ${JSON.stringify(show())?.slice(0, 500)}`);
		await wait(everyMs);
	}
}

export async function wait(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

/** `count` messages over `keys` keys, each with its key and its number in it. */
export function numbered(count: number, keys = 1, prefix = ''): { key: string; payload: string }[] {
	return Array.from({ length: count }, (_, index) => {
		const key = `vehicle-${index % keys}`;
		return { key, payload: `${prefix}${key}:${index}` };
	});
}
