import fc from 'fast-check';
import { arbitraryTrace, type Trace } from './testing/arbitrary-traces';
import { evaluateSlowly } from './testing/reference-evaluator';
import { comparable, runTrace } from './testing/run-trace';

/** Of the whole file; a night's run sets it higher. */
const CASES = Number(process.env.FLEET_PROPERTY_CASES ?? 2000);
const SEED = process.env.FLEET_PROPERTY_SEED;
const options = { numRuns: CASES, ...(SEED !== undefined && { seed: Number(SEED) }) };

function expectAsReference(trace: Trace): void {
	const actual = runTrace(trace);
	for (const [vehicleId, transitions] of actual) {
		const reports = trace.steps.map(({ report }) => report).filter(({ vehicle }) => vehicle.id === vehicleId);
		expect(comparable(transitions)).toEqual(comparable(evaluateSlowly(reports, trace.until)));
	}
}

describe('the engine against the reference', () => {
	it('fires the same for any rules and any trace, however often it is interrupted', () => {
		fc.assert(fc.property(arbitraryTrace(), expectAsReference), options);
	});
});
