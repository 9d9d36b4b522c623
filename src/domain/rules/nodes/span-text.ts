const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time for a person: `9:40` (minutes and seconds), `5 h 12 min`, `3 d 4 h`. Rounded down. */
export function spanText(ms: number): string {
	if (ms < HOUR) {
		const seconds = Math.floor((ms % MINUTE) / SECOND);
		return `${Math.floor(ms / MINUTE)}:${String(seconds).padStart(2, '0')}`;
	}
	return ms < DAY ? pair(ms, HOUR, 'h', MINUTE, 'min') : pair(ms, DAY, 'd', HOUR, 'h');
}

function pair(ms: number, large: number, largeName: string, small: number, smallName: string): string {
	const rest = Math.floor((ms % large) / small);
	const whole = `${Math.floor(ms / large)} ${largeName}`;
	return rest === 0 ? whole : `${whole} ${rest} ${smallName}`;
}
