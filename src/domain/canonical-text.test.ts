import fc from 'fast-check';
import { canonicalText } from './canonical-text';

/** Plain, slow and sure. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const names = Object.keys(value).sort();
	return new Map(names.map((name) => [name, sorted((value as Record<string, unknown>)[name])]));
}

function text(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(text).join(',')}]`;
	if (!(value instanceof Map)) return JSON.stringify(value);
	return `{${[...value].map(([name, one]) => `${JSON.stringify(name)}:${text(one)}`).join(',')}}`;
}

describe('canonicalText', () => {
	it('is JSON with the fields in order', () => {
		fc.assert(
			fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
				expect(canonicalText(value)).toBe(text(sorted(value)));
				expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)));
			}),
		);
	});

	it('leaves out what is not given, and sorts many names as few', () => {
		expect(canonicalText({ b: undefined, a: 1 })).toBe('{"a":1}');
		const names = Array.from({ length: 60 }, (_, index) => `n${(index * 7) % 60}`);
		const object = Object.fromEntries(names.map((name) => [name, 1]));
		expect(canonicalText(object)).toBe(
			`{${[...names]
				.sort()
				.map((name) => `"${name}":1`)
				.join(',')}}`,
		);
	});
});
