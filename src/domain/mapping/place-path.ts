export interface PathPlace {
	/** The column that the path begins in. */
	readonly column: string;
	/** Where in its cells; null for the cell as a whole. */
	readonly inside: string | null;
}

/**
 * The column that a dotted path leads into: that of its very name, else the longest one that it begins with; null when
 * there is none.
 */
export function placePath(path: string, isColumn: (name: string) => boolean): PathPlace | null {
	if (isColumn(path)) return { column: path, inside: null };
	for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
		const column = path.slice(0, end);
		if (isColumn(column)) return { column, inside: path.slice(end + 1) };
	}
	return null;
}
