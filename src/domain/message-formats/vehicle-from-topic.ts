import { InvalidFieldError } from '../errors';
import { show } from '../parse-status-message-values';

/**
 * The part of a topic that is the vehicle's key: `level` counts from 1, or from the end as -1. Throws
 * `InvalidFieldError` for a topic without that part.
 */
export function vehicleFromTopic(topic: string, level: number): string {
	const key = topic.split('/').at(level < 0 ? level : level - 1);
	if (key !== undefined && key.trim() !== '') return key;
	throw new InvalidFieldError(
		'topic',
		`topic: ${show(topic)} has no part ${level} to be the vehicle`,
		'Set the part of the topic that names the vehicle in the format of the feed, or subscribe to topics that have one.',
	);
}
