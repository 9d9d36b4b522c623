/** Characters that stand in JSON as they are. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** Names as they stand before a value: senders use the same few over and over. Forgotten when there are too many. */
const labels = new Map<string, string>();
const MAX_LABELS = 10_000;

/** JSON that is the same for every order in which a sender writes the fields, so that a message sent anew is known again. */
export function canonicalText(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
		case 'number':
			return Number.isFinite(value) ? `${value}` : 'null';
		case 'boolean':
			return value ? 'true' : 'false';
		case 'object':
			if (value === null) return 'null';
			return Array.isArray(value) ? `[${value.map(canonicalText).join(',')}]` : objectText(value);
		default:
			return 'null';
	}
}

function objectText(object: object): string {
	let text = '';
	for (const name of sortedNames(object)) {
		const value = (object as Readonly<Record<string, unknown>>)[name];
		if (value !== undefined) text += (text === '' ? '{' : ',') + labelOf(name) + canonicalText(value);
	}
	return text === '' ? '{}' : `${text}}`;
}

function labelOf(name: string): string {
	let label = labels.get(name);
	if (label === undefined) {
		if (labels.size >= MAX_LABELS) labels.clear();
		labels.set(name, (label = `${JSON.stringify(name)}:`));
	}
	return label;
}

/** In the order of their UTF-16 code units. Insertion: they are few, and mostly come in one order. */
function sortedNames(value: object): readonly string[] {
	const names = Object.keys(value);
	if (names.length > 40) return names.sort();
	for (let at = 1; at < names.length; at++) {
		const name = names[at] as string;
		let before = at - 1;
		for (; before >= 0 && (names[before] as string) > name; before--)
			names[before + 1] = names[before] as string;
		names[before + 1] = name;
	}
	return names;
}
