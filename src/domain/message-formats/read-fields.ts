import { fieldOf } from './read-path';

/** Reads many paths of a message in one pass: what they have in common is looked up once. */
export type FieldsReader = (message: unknown, values: unknown[]) => void;

interface Branch {
	readonly name: string;
	/** Which of the values this is, or -1. */
	slot: number;
	readonly below: Branch[];
}

/** `paths` begin at the message; the value of each goes to its number in `values`. None of the paths is given twice. */
export function fieldsReader(paths: readonly string[]): FieldsReader {
	const top: Branch = { name: '', slot: -1, below: [] };
	const dotted: [path: string, slot: number][] = [];
	for (const [slot, path] of paths.entries()) {
		if (path === '') continue;
		insert(top, path.split('.'), slot);
		if (path.includes('.')) dotted.push([path, slot]);
	}
	return (message, values) => {
		read(message, top.below, values);
		// Some senders write `engine.rpm` as one name.
		for (const [path, slot] of dotted) if (values[slot] === undefined) values[slot] = fieldOf(message, path);
	};
}

function insert(top: Branch, names: readonly string[], slot: number): void {
	let at = top;
	for (const name of names) {
		let next = at.below.find((branch) => branch.name === name);
		if (next === undefined) at.below.push((next = { name, slot: -1, below: [] }));
		at = next;
	}
	at.slot = slot;
}

function read(from: unknown, branches: readonly Branch[], values: unknown[]): void {
	if (typeof from !== 'object' || from === null) return;
	for (const { name, slot, below } of branches) {
		const value = fieldOf(from, name);
		if (value === undefined) continue;
		if (slot >= 0) values[slot] = value;
		if (below.length > 0) read(value, below, values);
	}
}
