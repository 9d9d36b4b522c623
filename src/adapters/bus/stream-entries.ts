import type { IncomingMessage } from '../../app/ports/message-bus';
import { textOrBytes } from './text-or-bytes';

/** As ioredis hands entries out in its buffer mode; the fields of one that was removed meanwhile are null. */
export type RawEntry = [id: Buffer, fields: Buffer[] | null];

export interface StreamEntries {
	readonly messages: IncomingMessage[];
	/** Every entry's id, of those too whose content is gone. */
	readonly ids: string[];
}

/** `prefix` tells the ids of one partition from those of another. */
export function entriesOf(entries: readonly RawEntry[], prefix: string): StreamEntries {
	const messages: IncomingMessage[] = [];
	const ids: string[] = [];
	for (const [rawId, fields] of entries) {
		const id = rawId.toString('latin1');
		ids.push(id);
		if (fields) messages.push({ transportId: prefix + id, payload: payloadOf(fields) });
	}
	return { messages, ids };
}

const PAYLOAD = Buffer.from('payload');

/** Entries of other writers, who know nothing of our field `payload`, are read as an object of their fields, numbers as numbers. */
function payloadOf(fields: readonly Buffer[]): IncomingMessage['payload'] {
	for (let index = 0; index + 1 < fields.length; index += 2) {
		const value = fields[index + 1];
		if (value && fields[index]?.length === PAYLOAD.length && fields[index]?.equals(PAYLOAD)) {
			return textOrBytes(value);
		}
	}
	const byName: [string, string | number | boolean][] = [];
	for (let index = 0; index + 1 < fields.length; index += 2) {
		byName.push([String(fields[index]), valueOf(String(fields[index + 1]))]);
	}
	return JSON.stringify(Object.fromEntries(byName));
}

/** Longer ones lose digits as numbers, and are names. */
const PLAIN_NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/;

/** A field of an entry is a text, also where its writer meant a number. */
function valueOf(text: string): string | number | boolean {
	if (text === 'true' || text === 'false') return text === 'true';
	return PLAIN_NUMBER.test(text) ? Number(text) : text;
}
