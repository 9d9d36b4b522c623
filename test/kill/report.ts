import { AS_IT_IS, type MutantResult } from './run-mutants';
import type { RunResult } from './run-scenario';

export const isGreen = ({ checks }: Pick<RunResult, 'checks'>): boolean =>
	checks.every(({ wrong }) => wrong === 0);

/** One run as a person reads it: what was done to it, what went through, and every promise with its count. */
export function describeRun(result: RunResult): string {
	const { scenario, seed, seconds, faults, published, taken, firings, mails, checks } = result;
	const { transport, partitions, store, n8n, n8nWorkers, feedWorkers } = scenario;
	const runs = [
		...(n8n === null ? [] : [`n8n (${n8n}${n8nWorkers > 0 ? `, ${n8nWorkers} n8n workers` : ''})`]),
		...(feedWorkers === 0 ? [] : [`${feedWorkers} feed workers`]),
	];
	const parts = partitions > 1 ? ` in ${partitions} partitions` : '';
	const width = Math.max(...checks.map(({ name }) => name.length));
	return [
		'',
		`  ${scenario.name}: ${transport}${parts}, ${store}, ${runs.join(', ')}; seed ${seed}, ${Math.round(seconds)} s`,
		'',
		`  faults     ${[...faults].map(([kind, count]) => `${count} x ${kind}`).join(', ')}`,
		`  messages   ${published.published} published and acknowledged, ${published.distinct} different ones, ` +
			`${published.bad} of them bad; ${taken} in the history`,
		`  effects    ${firings} firings, ${mails} emails received`,
		'',
		...checks.map(({ name, wrong, of, note }) =>
			[
				`  ${wrong === 0 ? '✓' : '✗'} ${name.padEnd(width)}`,
				String(wrong).padStart(6),
				`of ${String(of).padEnd(7)}`,
				note,
			]
				.join('  ')
				.trimEnd(),
		),
		'',
	].join('\n');
}

export const isCaught = ({ name, caughtBy }: MutantResult): boolean =>
	name === AS_IT_IS ? caughtBy.length === 0 : caughtBy.length > 0;

export function describeMutants(results: readonly MutantResult[]): string {
	const width = Math.max(...results.map(({ name }) => name.length));
	return [
		'',
		'  Mutants, and what caught them',
		'',
		...results.map((result) => {
			const { name, caughtBy } = result;
			const checks = caughtBy.map((check) => `${check.name}: ${check.wrong}`).join('\n'.padEnd(width + 7));
			const mark = isCaught(result) ? '✓' : '✗';
			return `  ${mark} ${name.padEnd(width)}  ${checks || (name === AS_IT_IS ? 'all green' : 'NOT CAUGHT')}`;
		}),
		'',
	].join('\n');
}
