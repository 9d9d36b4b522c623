const UNITS = [
	['day', 86_400],
	['hour', 3_600],
	['minute', 60],
	['second', 1],
] as const;

/** Whole seconds in words: `1 hour 30 minutes`. */
export function describeDuration(seconds: number): string {
	let rest = seconds;
	const parts = UNITS.map(([name, size]) => {
		const count = Math.floor(rest / size);
		rest -= count * size;
		return count === 0 ? '' : countOf(count, name);
	}).filter((part) => part !== '');
	return parts.length === 0 ? '0 seconds' : parts.join(' ');
}

export function countOf(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
