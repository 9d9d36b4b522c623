import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { OutgoingMessage } from '../app/ports/message-bus';
import type { ParsedMessage } from '../domain/parse-status-message';
import { InvalidFieldError } from '../domain/errors';
import { feedName } from './feed-name';
import { loadRuntime } from './load-runtime';
import type { Transport } from './runtime';
import { runPerBatch, runPerItem } from './run-per-item';
import { statusMessage } from './status-message';

/** Publishes what all items give in one go; an item that is no status message fails alone, before anything is sent. */
export async function runFeedNode(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const feed = feedName(context.getNodeParameter('feed', 0));
	const { check = true } = context.getNodeParameter('options', 0, {}) as { check?: boolean };
	return await runPerBatch(context, 1, async () => {
		const runtime = await loadRuntime();
		const outgoing: OutgoingMessage[] = [];
		const items = await runPerItem(context, async (itemIndex) => {
			const payload = JSON.stringify(statusMessage(context, itemIndex));
			const parsed = runtime.parseStatusMessages(payload, {
				now: Date.now(),
				maxFutureMs: Number.MAX_SAFE_INTEGER,
			});
			if (check) parsed.forEach(refuse);
			outgoing.push({ key: keyOf(parsed), payload });
			return { published: true, feed, messages: parsed.map(messageSummary) };
		});
		const bus = await runtime.openBus(context, context.getNodeParameter('transport', 0) as Transport, 0);
		try {
			await bus.publish(feed, outgoing);
		} finally {
			await bus.close();
		}
		return [items];
	});
}

function refuse(parsed: ParsedMessage): void {
	if (!parsed.ok)
		throw new InvalidFieldError(parsed.field ?? '', `Not a status message: ${parsed.reason}`, parsed.hint);
}

/** Messages of one vehicle stay in their order; a list goes by its first. */
function keyOf(parsed: readonly ParsedMessage[]): string {
	const [first] = parsed;
	return first?.ok ? first.message.vehicleKey : '';
}

function messageSummary(parsed: ParsedMessage): IDataObject {
	return parsed.ok
		? { messageId: parsed.message.messageId, vehicle: parsed.message.vehicleKey }
		: { messageId: parsed.messageId, vehicle: null };
}
