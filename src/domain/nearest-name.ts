/** Number of characters to insert, drop or replace to turn one text into the other (Levenshtein, 1966). */
export function editDistance(a: string, b: string): number {
	let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
		}
		previous = row;
	}
	return previous[b.length] ?? 0;
}

const MAX_COMPARED_LENGTH = 200;

/**
 * The known name that a misspelt one most likely means, in any case; null when none is near: more than a third of
 * its characters, and more than two, would have to change.
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
	const wanted = name.toLowerCase().slice(0, MAX_COMPARED_LENGTH);
	let nearest: string | null = null;
	let nearestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
	for (const candidate of known) {
		const distance = editDistance(wanted, candidate.toLowerCase().slice(0, MAX_COMPARED_LENGTH));
		if (distance < nearestDistance && distance < Math.max(wanted.length, candidate.length)) {
			nearest = candidate;
			nearestDistance = distance;
		}
	}
	return nearest;
}
