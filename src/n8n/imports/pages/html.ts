/** A piece of a page: everything that was put into it is escaped. */
export class Html {
	constructor(readonly text: string) {}
}

type Part = Html | readonly Html[] | string | number | null | undefined | false;

const ENTITIES: Readonly<Record<string, string>> = {
	...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

function textOf(part: Part): string {
	if (part === null || part === undefined || part === false) return '';
	if (part instanceof Html) return part.text;
	if (typeof part === 'object') return part.map(({ text }) => text).join('');
	return String(part).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Texts become texts, also in an attribute between double quotes; only pieces of `html` become elements. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
	return new Html(strings.map((text, index) => text + textOf(parts[index])).join(''));
}
