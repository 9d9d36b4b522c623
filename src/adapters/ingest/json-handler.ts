/** A value whose borders are known; it may still be no JSON inside. */
export interface JsonElement {
	readonly bytes: Buffer;
	/** Of its first character in the file, 1-based; columns count bytes. */
	readonly line: number;
	readonly column: number;
	/** How many names the object has itself, those that stand twice counted twice; 0 for what is no object. */
	readonly names: number;
	/** Of the lists and objects in it: 1 for one that has none. */
	readonly depth: number;
}

export interface JsonHandler {
	/** Whether the elements of the list, or the file's own values for null, are told. */
	wants(path: string | null): boolean;
	/** An element of a list, with its bytes if it is wanted. */
	element(path: string | null, isObject: boolean, element: JsonElement | null): void;
	/** A list begins, perhaps one that has no elements. */
	list?(path: string): void;
	/** A member of an object outside of lists that is no list nor object; null for one that is long. */
	member?(path: readonly string[], bytes: Buffer | null): void;
}
