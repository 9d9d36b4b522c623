import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { PerformedAction } from '../app/actions/perform-actions';
import { InvalidFieldError } from '../domain/errors';
import { parseRef } from './record-ref';
import { loadRuntime } from './load-runtime';
import { runPerBatch } from './run-per-item';
import { toOutput } from './to-output';

export async function runActionNode(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runPerBatch(context, 1, async () => {
		const { limit = 50 } = context.getNodeParameter('options', 0, {}) as { limit?: number };
		const itemsOfFiring = context.getNodeParameter('which', 0) === 'firings' ? itemsByFiring(context) : null;
		const runtime = await loadRuntime();
		const mailer = await runtime.openMailer(context, 0);
		try {
			const performed = await runtime.performActions(
				{ fleet: await runtime.openFleet(context, 0), mailer, newToken: randomUUID },
				itemsOfFiring ? { firingIds: [...itemsOfFiring.keys()], limit: Number.MAX_SAFE_INTEGER } : { limit },
			);
			sayWhatWaits(context, performed);
			return [
				performed.map((action) => ({
					json: toOutput(action),
					pairedItem: itemsOfFiring?.get(action.firingId) ?? { item: 0 },
				})),
			];
		} finally {
			mailer?.close();
		}
	});
}

/** The input items that name each firing: more than one may. */
function itemsByFiring(context: IExecuteFunctions): Map<number, { item: number }[]> {
	const items = new Map<number, { item: number }[]>();
	context.getInputData().forEach((_, item) => {
		const ref = parseRef('firing', { mode: 'id', value: context.getNodeParameter('firingId', item, '') });
		if (!ref || !('id' in ref)) throw noFiring(item);
		items.set(ref.id, [...(items.get(ref.id) ?? []), { item }]);
	});
	return items;
}

const noFiring = (item: number) =>
	new InvalidFieldError(
		'firingId',
		`Item ${item} names no firing`,
		'Connect the output "Fired" of Fleet Feed Trigger or Fleet Rules, or give the ID of a firing.',
	);

function sayWhatWaits(context: IExecuteFunctions, performed: readonly PerformedAction[]): void {
	const waiting = performed.filter(({ state }) => state === 'pending');
	const dead = performed.filter(({ state }) => state === 'dead');
	const reason = [...dead, ...waiting].find(({ error }) => error !== null)?.error;
	if (!reason) return;
	const told = [
		...(waiting.length > 0 ? [`${waiting.length} to be tried again`] : []),
		...(dead.length > 0 ? [`${dead.length} given up`] : []),
	];
	context.addExecutionHints({
		message: `${told.join(', ')} of ${performed.length} actions: ${reason}`,
		location: 'outputPane',
		type: 'warning',
	});
}
