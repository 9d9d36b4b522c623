import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { payloadText } from '../app/feed/payload-text';
import { FLEET_EVENTS_FEED, type FleetEvent, type FleetEventType } from '../domain/event';
import { loadRuntime } from './load-runtime';
import { subscribeTrigger } from './subscribe-trigger';
import { toOutput } from './to-output';

/** Events are durable: those that happen while n8n is down start the workflow when it is up again. */
export async function runEventTrigger(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const wanted = new Set(context.getNodeParameter('events') as FleetEventType[]);
	const { workflowTimeoutSeconds = 300 } = context.getNodeParameter('options', {}) as {
		workflowTimeoutSeconds?: number;
	};
	const runtime = await loadRuntime();
	return await subscribeTrigger(context, {
		feed: FLEET_EVENTS_FEED,
		group: `workflow ${context.getWorkflow().id}, ${context.getNode().id}`,
		batchSize: 100,
		from: 'now',
		openBus: async () => await runtime.openBus(context, 'embedded'),
		onBatch: async ({ messages }, emitter) => {
			const events = messages
				.map(({ payload }) => JSON.parse(payloadText(payload)) as FleetEvent)
				.filter(({ type }) => wanted.has(type));
			if (events.length === 0) return;
			const items = events.map((event) => ({ json: toOutput(event) }));
			await emitter.emitAndSucceed([items], workflowTimeoutSeconds * 1000);
		},
	});
}
