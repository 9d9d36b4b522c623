import type { MessageFormat } from '../../domain/message-formats/message-format';
import { messageReader } from '../../domain/message-formats/message-reader';
import { rejectedMessage, type ParsedMessage } from '../../domain/parse-status-message';
import type { Fleet } from '../fleet';
import { openPayload } from './open-payload';
import { DEFAULT_MAX_FUTURE_MS } from './process-batch';

/** What a feed of this format would take or reject of a payload, without regard to which vehicles there are. */
export function tryFormat(
	{ clock }: Fleet,
	payload: string,
	format: MessageFormat,
): readonly ParsedMessage[] {
	const reader = messageReader(format);
	const opened = openPayload(payload, reader.isBinary);
	if ('error' in opened) return [rejectedMessage(opened.error, opened.text)];
	const messages: ParsedMessage[] = [];
	const limits = { now: clock(), maxFutureMs: DEFAULT_MAX_FUTURE_MS };
	reader.read(opened.content, {}, limits, (parsed) => messages.push(parsed));
	return messages;
}
