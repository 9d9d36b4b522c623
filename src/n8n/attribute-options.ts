import type { KnownAttribute } from '../app/ports/store-statuses';

const MAX_SHOWN = 30;

/** What rules can be about: what vehicles have reported, each with its last value, and a position's parts. */
export function attributeOptions(known: readonly KnownAttribute[]): { name: string; value: string }[] {
	const reported = known.map(({ name, lastValue, lastReportedAt }) => ({
		name: `${name} (last: ${shortened(lastValue)}, ${new Date(lastReportedAt).toISOString().slice(0, 10)})`,
		value: name,
	}));
	const position = ['latitude', 'longitude', 'heading'].filter(
		(name) => !known.some((one) => one.name === name),
	);
	return [...reported, ...position.map((name) => ({ name, value: name }))];
}

function shortened(value: KnownAttribute['lastValue']): string {
	const text = String(value);
	return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}
