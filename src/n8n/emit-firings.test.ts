import type { INodeExecutionData, ITriggerFunctions } from 'n8n-workflow';
import type { BatchResult } from '../app/feed/process-batch';
import { firingEmitter } from './emit-firings';

interface Run {
	resolve(value: unknown): void;
}

const deferred = () => {
	let resolve: (value: unknown) => void = () => undefined;
	const promise = new Promise((settle) => (resolve = settle));
	return { promise, resolve, reject: () => undefined };
};

/** A workflow that runs until the test ends it, or for ever. */
function workflow(mode = 'trigger') {
	const sizes: number[] = [];
	const running: Run[] = [];
	const context = {
		getMode: () => mode,
		helpers: { createDeferredPromise: deferred },
		emit: (outputs: INodeExecutionData[][], _: undefined, done?: Run) => {
			sizes.push(outputs.flat().length);
			if (done !== undefined) running.push(done);
		},
	};
	return { sizes, running, emit: firingEmitter(context as unknown as ITriggerFunctions) };
}

const fired = (count: number): BatchResult => ({
	...{ accepted: count, duplicates: 0, stale: 0, cleared: [], rejected: [] },
	fired: Array.from({ length: count }, (_, id) => ({ id })) as unknown as BatchResult['fired'],
});

describe('firingEmitter', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	it('starts the workflow at once, and for nothing never', async () => {
		const { emit, sizes } = workflow();
		await emit(fired(2));
		await emit(fired(0));
		expect(sizes).toEqual([2]);
	});

	it('gathers what fires while two executions run, for the next one', async () => {
		const { emit, sizes, running } = workflow();
		for (let count = 0; count < 30; count++) await emit(fired(3));
		expect(sizes).toEqual([3, 3]);
		running[0]?.resolve({ status: 'success' });
		await jest.advanceTimersByTimeAsync(1);
		expect(sizes.slice(2)).toEqual([84]);
	});

	it('starts up to ten side by side of a workflow that takes longer, every quarter of a second', async () => {
		const { emit, sizes } = workflow();
		for (let count = 0; count < 40; count++) {
			await emit(fired(1));
			await jest.advanceTimersByTimeAsync(70);
		}
		expect(sizes).toHaveLength(10);
		expect(sizes.slice(0, 5)).toEqual([1, 1, 4, 4, 4]);
	});

	it('does not let a workflow that takes long keep later firings waiting', async () => {
		const { emit, sizes } = workflow();
		for (let count = 0; count < 11; count++) {
			await emit(fired(1));
			await jest.advanceTimersByTimeAsync(260);
		}
		expect(sizes).toHaveLength(10);
		await jest.advanceTimersByTimeAsync(500);
		expect(sizes).toHaveLength(11);
	});

	it('holds the feed up when too much is gathered, until it is started', async () => {
		const { emit, sizes, running } = workflow();
		for (let count = 0; count < 2; count++) await emit(fired(1));
		let isTaken = false;
		const taking = emit(fired(200_000)).then(() => (isTaken = true));
		await jest.advanceTimersByTimeAsync(100);
		expect(isTaken).toBe(false);
		running[1]?.resolve({ status: 'error' });
		await taking;
		expect(sizes.at(-1)).toBe(200_000);
	});

	it('waits for nothing in a test run, which ends at its first start', async () => {
		const { emit, sizes, running } = workflow('manual');
		for (let count = 0; count < 12; count++) await emit(fired(1));
		expect([sizes.length, running.length]).toEqual([12, 0]);
	});
});
