/**
 * PostgreSQL's text cannot hold U+0000, and one such text must not fail the batch that it came in: the replacement
 * character stands for it.
 */
export function withoutNul<T>(value: T): T | string {
	return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
