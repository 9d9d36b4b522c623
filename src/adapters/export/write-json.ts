import type { Table, TableRecord } from '../../app/ports/table-writer';

/** One array, an object a line; what a record has not is left out. */
export async function* writeJson(table: Table): AsyncGenerator<string> {
	let before = '[\n';
	for await (const page of table.pages()) {
		if (page.length === 0) continue;
		yield before + page.map(objectText).join(',\n');
		before = ',\n';
	}
	yield before === ',\n' ? '\n]\n' : '[]\n';
}

export async function* writeNdjson(table: Table): AsyncGenerator<string> {
	for await (const page of table.pages()) {
		if (page.length > 0) yield page.map((record) => `${objectText(record)}\n`).join('');
	}
}

function objectText({ fields, attributes }: TableRecord): string {
	const given = Object.entries(fields).filter(([, value]) => value !== null);
	const nested = attributes && Object.keys(attributes).length > 0 ? { attributes } : {};
	return longNumbersAsPowers(JSON.stringify({ ...Object.fromEntries(given), ...nested }));
}

const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/** Many digits are taken for an id, and read as text: a number that has them is written with a power of ten. */
function longNumbersAsPowers(json: string): string {
	if (!/\d{16}/.test(json)) return json;
	return json.replace(TEXT_OR_NUMBER, (token) =>
		/^-?\d{16,}$/.test(token) ? Number(token).toExponential() : token,
	);
}
