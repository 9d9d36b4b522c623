import { implies } from './implies';
import type { Pattern } from './pattern';

const below = (value: number): Pattern => ({ attribute: 'a', operator: 'lt', value });
const inside: Pattern = { inside: { geofence: 'depot' } };

describe('implies', () => {
	it.each<[Pattern, Pattern]>([
		[inside, inside],
		[below(5), below(6)],
		[{ attribute: 'a', operator: 'between', value: [1, 2] }, below(3)],
		[
			{ attribute: 'a', operator: 'gt', value: 60, unit: 'mph' },
			{ attribute: 'a', operator: 'gt', value: 90 },
		],
		[{ all: [inside, below(5)] }, below(6)],
		[{ all: [inside, below(5)] }, { any: [{ attribute: 'b', operator: 'exists' }, below(6)] }],
		[{ all: [inside, below(5)] }, { all: [below(6), inside] }],
		[{ any: [below(1), below(2)] }, below(3)],
		[{ holds: below(5), forSeconds: 60 }, below(5)],
		[{ first: inside, then: below(1), withinSeconds: 5 }, below(2)],
	])('%j means %j', (a, b) => {
		expect(implies(a, b)).toBe(true);
	});

	it.each<[Pattern, Pattern]>([
		[below(6), below(5)],
		[below(5), inside],
		[below(5), { ...below(6), of: 'record' } as Pattern],
		[below(5), { not: below(5) }],
		[below(5), { holds: below(5), forSeconds: 60 }],
		[{ any: [below(1), inside] }, below(3)],
		[{ first: below(1), thenNot: below(1), withinSeconds: 5 }, below(1)],
		[{ attribute: 'a', operator: 'crossesBelow', value: 1 }, below(2)],
		[{ aggregate: 'min', attribute: 'a', withinSeconds: 5, operator: 'lt', value: 1 }, below(2)],
	])('%j need not mean %j', (a, b) => {
		expect(implies(a, b)).toBe(false);
	});
});
