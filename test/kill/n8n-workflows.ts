import { startWorkflow, type Step } from '../e2e/tools/workflows';
import type { Call } from '../../scripts/lib/n8n-client.mjs';

interface Credential {
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

export interface WorkflowOptions {
	readonly call: Call;
	readonly feed: string;
	readonly futureToleranceSeconds: number;
	readonly transport: string;
	/** Of the transport, and of the store. */
	readonly credentials: readonly Credential[];
}

/** n8n's own, which it was started with. */
const SMTP = { fleetSmtpApi: { id: 'fleetSmtp', name: 'Fleet mail' } };
const EVERY_SECONDS = 5;

/**
 * The feed's trigger with the actions of what fires behind it, and beside it what is pending, over and over. Resolves
 * with the id of the trigger's workflow.
 */
export async function startWorkflows(options: WorkflowOptions): Promise<string> {
	const { call, feed, futureToleranceSeconds, transport } = options;
	const entries = await Promise.all(
		options.credentials.map(async ({ type, data }) => {
			const name = `${type} under test`;
			const { id } = await call<{ id: string }>('POST', '/credentials', { name, type, data });
			return [type, { id, name }] as const;
		}),
	);
	const credentials: NonNullable<Step['credentials']> = Object.fromEntries(entries);
	const act = (parameters: Step['parameters']): Step => ({
		name: 'Act',
		type: 'n8n-nodes-fleet.fleetAction',
		parameters,
		credentials: { ...credentials, ...SMTP },
	});
	await startWorkflow(
		{ call },
		{
			name: 'Pending actions',
			steps: [
				{
					name: 'Often',
					type: 'n8n-nodes-base.scheduleTrigger',
					typeVersion: 1.2,
					parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: EVERY_SECONDS }] } },
				},
				act({ which: 'pending', options: { limit: 500 } }),
			],
		},
	);
	return await startWorkflow(
		{ call },
		{
			name: 'Feed',
			steps: [
				{
					name: 'Feed',
					type: 'n8n-nodes-fleet.fleetFeedTrigger',
					parameters: {
						...{ transport, feed, mode: 'evaluate' },
						options: { batchSize: 100, futureToleranceSeconds },
					},
					credentials,
				},
				act({ which: 'firings', firingId: '={{ $json.firing.id }}' }),
			],
		},
	);
}
