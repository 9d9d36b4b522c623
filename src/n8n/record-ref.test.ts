import { optionalRef, parseRef, recordRef } from './record-ref';

const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

describe('parseRef', () => {
	it.each([
		[locator('list', 42), { id: 42 }],
		[locator('list', '42'), { id: 42 }],
		[locator('id', ' 42 '), { id: 42 }],
		[locator('key', ' 1M8GDM9AXKP042788 '), { key: '1M8GDM9AXKP042788' }],
		[locator('key', '1024'), { key: '1024' }],
		[locator('key', 1024), { key: '1024' }],
		[42, { id: 42 }],
		['42', { id: 42 }],
		['B FL 1024', { key: 'B FL 1024' }],
		[locator('list', ''), null],
		[locator('id', null), null],
		['', null],
		[undefined, null],
		[{ some: 'object' }, null],
	])('reads %p as %p', (given, ref) => {
		expect(parseRef('vehicle', given)).toEqual(ref);
	});

	it.each([
		locator('id', 'B FL 1'),
		locator('id', '0'),
		locator('list', '-3'),
		locator('id', '9'.repeat(20)),
	])('refuses %p as an id', (given) => {
		expect(() => parseRef('vehicle', given)).toThrow(/is not the ID of a vehicle/);
	});
});

describe('recordRef', () => {
	const context = (value: unknown) => ({ getNodeParameter: (() => value) as never });

	it('reads the parameter of the item', () => {
		expect(recordRef(context(locator('id', '7')), 'task', 0)).toEqual({ id: 7 });
	});

	it('asks for a choice where there is none', () => {
		expect(() => recordRef(context(locator('list', '')), 'task', 0)).toThrow('No task is chosen');
		expect(optionalRef(context(locator('list', '')), 'task', 0)).toBeNull();
	});
});
