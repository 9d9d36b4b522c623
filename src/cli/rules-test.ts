import { compareFirings } from '../domain/rule-files/compare-firings';
import type { ComparedFiring } from '../domain/rule-files/compare-firings';
import { parseTrace } from '../domain/rule-files/parse-trace';
import type { RuleFile } from '../domain/rule-files/rule-file';
import { runTrace } from '../domain/rule-files/run-trace';
import { readTextFile, tracesBeside } from './find-files';
import { complainOf, readRuleFiles } from './read-rule-files';
import { EXIT, red, table, worst } from './terminal';
import type { ExitCode, Terminal } from './terminal';

/**
 * Runs rule files against recorded traces and prints what fired beside what was expected. With `traces`, the rules of
 * all files run together against those; else each file against the traces beside it.
 * @throws UnreadablePathError
 */
export function testRules(paths: readonly string[], traces: readonly string[], terminal: Terminal): ExitCode {
	const read = readRuleFiles(paths, terminal);
	const codes: ExitCode[] = [read.code];
	let run = 0;
	const test = (label: string, file: RuleFile, trace: string): void => {
		run++;
		codes.push(testAgainst(label, file, trace, terminal));
	};
	if (traces.length > 0) {
		const all: RuleFile = {
			rules: read.files.flatMap(({ file }) => file.rules),
			geofences: read.files.flatMap(({ file }) => file.geofences),
		};
		for (const trace of traces) test(`${all.rules.length} rules`, all, trace);
	} else {
		for (const { path, file } of read.files) {
			const beside = tracesBeside(path);
			if (beside.length === 0) terminal.complain(`${path}: no trace beside it, so it was not tested`);
			for (const trace of beside) test(path, file, trace);
		}
	}
	if (run === 0) {
		terminal.complain('Nothing was tested. Put traces beside the rule files, or name them with --trace.');
		return EXIT.wrong;
	}
	const code = worst(codes);
	const failed = codes.filter((one) => one !== EXIT.good).length;
	const outcome = code === EXIT.good ? 'all as expected' : red(`${failed} not as expected`, terminal);
	terminal.print(`\n${run} ${run === 1 ? 'trace' : 'traces'}: ${outcome}`);
	return code;
}

function testAgainst(label: string, file: RuleFile, path: string, terminal: Terminal): ExitCode {
	const parsed = parseTrace(readTextFile(path));
	if ('problems' in parsed) {
		complainOf(path, parsed.problems, terminal);
		return EXIT.wrong;
	}
	const fired = runTrace(file.rules, file.geofences, parsed.trace);
	const compared = compareFirings(parsed.trace, fired);
	const isGood = compared.every(({ outcome }) => outcome === 'as expected');
	terminal.print(`\n${label} against ${path}: ${isGood ? 'as expected' : red('different', terminal)}`);
	if (compared.length === 0) terminal.print('  nothing fired, as expected');
	else terminal.print(firingTable(compared, terminal));
	return isGood ? EXIT.good : EXIT.different;
}

function firingTable(compared: readonly ComparedFiring[], terminal: Terminal): string {
	const rows = compared.map(({ outcome, expected, fired }) => [
		outcome,
		fired?.rule ?? expected?.rule ?? 'the rule',
		(fired ?? expected)?.vehicle ?? '',
		time((fired ?? expected)?.openedAt),
		beside(fired && time(fired.clearedAt), expected && time(expected.clearedAt)),
		beside(fired && fired.severity, expected && (expected.severity ?? '')),
	]);
	const head = ['outcome', 'rule', 'vehicle', 'opened', 'cleared', 'severity'];
	return table([head, ...rows], (line, row) =>
		row > 0 && compared[row - 1]?.outcome !== 'as expected' ? red(line, terminal) : line,
	);
}

/** What came and, where it is another, what was expected; an empty expectation is none. */
function beside(fired: string | null, expected: string | null): string {
	if (fired === null) return expected ?? '';
	return expected === null || expected === '' || expected === fired ? fired : `${fired}, not ${expected}`;
}

function time(at: number | null | undefined): string {
	if (at === undefined) return '';
	return at === null ? 'still open' : new Date(at).toISOString().replace('.000Z', 'Z');
}
