import type { ImportState } from './import';
import { importProgress } from './import-progress';

const at = (
	state: ImportState,
	rowsDone: number,
	rowsTotal: number | null,
	rowsPerSecond: number | null = null,
) => importProgress({ state, rowsDone, rowsTotal, rowsPerSecond });

test('tells the share of the rows and the time that the others take at the present pace', () => {
	expect(at('running', 2_000, 7_000, 1_000)).toEqual({ percent: 28, secondsLeft: 5 });
	expect(at('running', 2_000, 6_100, 1_000)).toEqual({ percent: 32, secondsLeft: 5 });
});

test('knows neither while the number of rows is unknown, nor a time without a pace', () => {
	expect(at('running', 2_000, null, 1_000)).toEqual({ percent: null, secondsLeft: null });
	expect(at('running', 0, 100, null)).toEqual({ percent: 0, secondsLeft: null });
	expect(at('running', 0, 100, 0)).toEqual({ percent: 0, secondsLeft: null });
});

test('is complete only when it is done, however low the total was guessed', () => {
	expect(at('running', 900, 900, 100)).toEqual({ percent: 99, secondsLeft: 0 });
	expect(at('running', 1_000, 900, 100)).toEqual({ percent: 99, secondsLeft: 0 });
	expect(at('done', 0, 0)).toEqual({ percent: 100, secondsLeft: null });
});

test('an import that does not run has no time left to tell', () => {
	expect(at('canceled', 50, 200, 100)).toEqual({ percent: 25, secondsLeft: null });
	expect(at('pending', 0, null)).toEqual({ percent: null, secondsLeft: null });
});
