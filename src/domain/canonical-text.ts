/** Characters that stand in JSON as they are. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** JSON that is the same for every order in which a sender writes the fields, so that a message sent anew is known again. */
export function canonicalText(value: unknown): string {
	if (typeof value === 'string') return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
	let text = '{';
	for (const name of sortedNames(value)) {
		const field = (value as Readonly<Record<string, unknown>>)[name];
		if (field === undefined) continue;
		text += `${text === '{' ? '' : ','}${canonicalText(name)}:${canonicalText(field)}`;
	}
	return `${text}}`;
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
