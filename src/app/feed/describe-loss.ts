/** For people: how many messages of a feed are gone, and why. */
export function describeLoss(
	feed: string,
	{ count, reason }: { readonly count: number | null; readonly reason: string },
): string {
	return `Messages were lost: ${count ?? 'an unknown number'} of the feed '${feed}' (${reason})`;
}
