import { randomUUID } from 'node:crypto';

import { byId } from '../../../scripts/demo/fleet-desk.mjs';
import { redisTransports, startFeedWorkflow } from '../../../scripts/demo/transports.mjs';
import { removeWorkflow } from '../../../scripts/demo/run-node.mjs';
import { freePort } from '../../lib/services/child-service';
import type { RunningFleet } from '../lib/start-fleet';
import { eventually } from '../tools/eventually';
import { startWorkflow } from '../tools/workflows';

export function errorWorkflow(running: () => RunningFleet): void {
	async function loggedErrors(text: string) {
		const logs = await running().desk.fleet('log', 'getAll', { returnAll: true });
		return logs.filter(({ level, message }) => level === 'error' && String(message).includes(text));
	}
	const eventuallyLogged = async (text: string) =>
		await eventually(`the log says "${text}"`, async () => {
			const found = await loggedErrors(text);
			return found.length > 0 && found;
		});

	describe('error workflow', () => {
		it('keeps in the log which workflow failed, at which node, and why', async () => {
			const { n8n } = running();
			const path = `fails-${randomUUID()}`;
			const id = await startWorkflow(n8n, {
				name: 'Nightly report',
				settings: { errorWorkflow: 'fleetErrors' },
				steps: [
					{
						name: 'Start',
						type: 'n8n-nodes-base.webhook',
						typeVersion: 2.1,
						webhookId: path,
						parameters: { path, authentication: 'headerAuth' },
						credentials: { httpHeaderAuth: { id: 'fleetUploadApi', name: 'Fleet upload API' } },
					},
					{
						name: 'Read the task',
						type: 'n8n-nodes-fleet.fleet',
						parameters: { resource: 'task', operation: 'get', task: byId(987654) },
					},
				],
			});
			try {
				const headers = { [n8n.apiHeader.name]: n8n.apiHeader.value };
				await eventually('the workflow was started', async () => {
					return (await fetch(`${n8n.url}/webhook/${path}`, { headers })).ok;
				});
				const [entry, ...more] = await eventuallyLogged('Nightly report');
				expect(entry?.message).toMatch(/^Nightly report, Read the task: .*987654/);
				expect(more).toEqual([]);
			} finally {
				await removeWorkflow(n8n, id);
			}
		});

		it('keeps in the log that a feed is down', async () => {
			const { n8n } = running();
			const port = await freePort();
			const redis = await redisTransports(n8n, port);
			const [streams] = redis.transports;
			if (!streams) throw new Error('There is no transport over Redis');
			const stop = await startFeedWorkflow(n8n, streams, 'fleet.status');
			try {
				const [entry, ...more] = await eventuallyLogged("Feed 'fleet.status' is down");
				expect(entry?.message).toContain('Fleet: feed to actions');
				expect(entry?.message).toContain(`Redis at 127.0.0.1:${port} refused the connection`);
				expect(more).toEqual([]);
			} finally {
				await stop();
				await redis.remove();
			}
		});
	});
}
