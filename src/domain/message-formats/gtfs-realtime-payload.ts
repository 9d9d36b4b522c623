import { InvalidFieldError } from '../errors';
import { base64Text } from './base64-text';
import { readFeedMessage } from './gtfs-realtime-protobuf';
import { readJsonText, type JsonMessage } from './read-json-text';

/**
 * A FeedMessage as JSON or as protobuf. Transports hand over as text whatever is text in UTF-8, which protobuf may be by
 * chance.
 */
export function readGtfsPayload(payload: string | Uint8Array): readonly JsonMessage[] {
	const text = typeof payload === 'string' ? payload : textOf(payload);
	const json = text !== null && /^\s*[[{]/.test(text) ? readJsonText(text) : null;
	if (json !== null && !(json.length === 1 && json[0]?.error !== undefined)) return json;
	const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
	try {
		return readFeedMessage(bytes);
	} catch (error) {
		if (json !== null) return json;
		const text = typeof payload === 'string' ? payload : () => base64Text(bytes);
		return [{ error: error instanceof InvalidFieldError ? error : noFeedMessage(error), text }];
	}
}

const noFeedMessage = (error: unknown): InvalidFieldError =>
	new InvalidFieldError(
		'',
		`the message is no GTFS-realtime FeedMessage: ${error instanceof Error ? error.message : String(error)}`,
		'Send a FeedMessage as protobuf or as JSON, or choose another format for the feed.',
	);

function textOf(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}
