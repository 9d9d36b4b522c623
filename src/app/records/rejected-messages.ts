import { InvalidFieldError } from '../../domain/errors';
import { RecordNotFoundError } from '../errors';
import type { Fleet } from '../fleet';
import type { RecordQuery } from '../ports/store-records';
import type { RejectedMessage } from '../ports/store-statuses';
import { findById } from './find-record';
import type { RecordRef } from './record-ref';

export const REJECTED_MESSAGE = 'rejected message';

export async function getRejectedMessage(fleet: Fleet, ref: RecordRef): Promise<RejectedMessage> {
	return await fleet.store.read(async ({ quarantine }) => await findById(REJECTED_MESSAGE, quarantine, ref));
}

export async function listRejectedMessages(
	fleet: Fleet,
	query: RecordQuery<RejectedMessage> = {},
): Promise<RejectedMessage[]> {
	return await fleet.store.read(async ({ quarantine }) => await quarantine.find(query));
}

/**
 * Changes what a replay reads; nothing is tried yet. `payload`: text, or anything else to be written as JSON.
 * `isPlain`: it is a status message in the product's own shape now, whatever format the feed has.
 */
export async function updateRejectedMessage(
	fleet: Fleet,
	ref: RecordRef,
	changes: { readonly payload?: unknown; readonly isPlain?: boolean },
): Promise<RejectedMessage> {
	const payload = changes.payload === undefined ? {} : { payload: payloadOf(changes.payload) };
	const format = changes.isPlain === true ? { format: null } : {};
	return await fleet.store.write(async ({ quarantine }) => {
		const { id } = await findById(REJECTED_MESSAGE, quarantine, ref);
		const updated = await quarantine.update(id, { ...payload, ...format });
		if (updated === null) throw new RecordNotFoundError(REJECTED_MESSAGE, id);
		return updated;
	});
}

/** It is gone for good; sent again, it counts as new. */
export async function removeRejectedMessage(fleet: Fleet, ref: RecordRef): Promise<RejectedMessage> {
	return await fleet.store.write(async ({ quarantine }) => {
		const message = await findById(REJECTED_MESSAGE, quarantine, ref);
		await quarantine.remove(message.id);
		return message;
	});
}

function payloadOf(given: unknown): string {
	const text = typeof given === 'string' ? given.trim() : JSON.stringify(given);
	if (text !== undefined && text !== '' && text !== 'null') return text;
	throw new InvalidFieldError(
		'payload',
		'The payload is empty',
		'Give the whole message as it is to be read, or delete the rejected message.',
	);
}
