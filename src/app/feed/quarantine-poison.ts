import { hash } from 'node:crypto';
import type { QuarantinedMessage } from '../ports/store-statuses';
import type { PoisonMessage } from './isolate-poison';
import { payloadText } from './payload-text';
import type { FeedOptions } from './process-batch';
import { quarantined } from './read-messages';

/** What to keep of a message that fails although others go through. */
export function quarantinedPoison(
	{ feed, format }: Pick<FeedOptions, 'feed' | 'format'>,
	{ message, error }: PoisonMessage,
	receivedAt: number,
): QuarantinedMessage {
	const payload = payloadText(message.payload);
	const reason = `cannot be processed: ${error instanceof Error ? error.message : String(error)}`;
	const hint = 'Mend what the reason names, then replay the message';
	const messageId = hash('sha256', payload, 'hex');
	const refusal = { messageId, payload, field: null, reason, hint, delivery: message };
	return { ...quarantined(feed, refusal, receivedAt), format: format ?? null };
}
