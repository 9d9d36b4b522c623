import { InvalidFieldError } from './errors';

/** Throws `InvalidFieldError` when the feed cannot be published to: it is empty, or has wildcards. */
export function assertTopic(feed: string): void {
	if (/[+#]/.test(feed)) {
		throw invalid(
			`Nothing can be published to '${feed}': + and # stand for many topics`,
			'Name the one topic to publish to, e.g. fleet/TRUCK-7/status; wildcards are for reading.',
		);
	}
	if (feed === '' || feed.includes('\0'))
		throw invalid('The feed names no topic', 'Enter one, e.g. fleet/status.');
}

/** Throws `InvalidFieldError` when the feed is no topic filter, or one that the broker shares out. */
export function assertFilter(feed: string): void {
	if (feed.startsWith('$share/')) {
		throw invalid(
			`'${feed}' would be shared out among readers, and a vehicle's messages would lose their order`,
			'Give the filter behind $share/NAME/ alone; subscribers of one consumer group take turns by themselves.',
		);
	}
	const levels = feed.split('/');
	const isWrong = (level: string, index: number) =>
		(level.includes('#') && (level !== '#' || index < levels.length - 1)) ||
		(level.includes('+') && level !== '+');
	if (feed !== '' && !feed.includes('\0') && !levels.some(isWrong)) return;
	throw invalid(
		`'${feed}' is no topic filter of MQTT`,
		'+ stands for one whole level and # for all that follow, e.g. fleet/+/status or fleet/#.',
	);
}

const invalid = (message: string, hint: string) => new InvalidFieldError('feed', message, hint);
