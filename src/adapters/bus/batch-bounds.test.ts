import { pageSizer } from './batch-bounds';

const LONG = 512 * 1024;

describe('pageSizer', () => {
	it('asks for more and more short messages, as long as there are', () => {
		const pages = pageSizer();
		const asked: number[] = [];
		for (let round = 0; round < 6; round++) {
			const count = pages.size(1000);
			asked.push(count);
			pages.took({ count, characters: count * 300 }, round !== 2);
		}
		expect(asked).toEqual([4, 16, 64, 64, 256, 1000]);
	});

	it('asks for few long ones at once, and for at least one', () => {
		const pages = pageSizer();
		for (let round = 0; round < 6; round++) pages.took({ count: 1000, characters: 300_000 }, true);
		pages.took({ count: 1000, characters: 1000 * LONG }, true);
		expect(pages.size(1000)).toBe(8);
		pages.took({ count: 8, characters: 8 * LONG }, true);
		expect(pages.size(1000)).toBe(8);
		pages.took({ count: 1, characters: 100 * LONG }, true);
		expect(pages.size(1000)).toBe(1);
	});
});
