import { parseRuleFile } from '../domain/rule-files/parse-rule-file';
import { problemText } from '../domain/rule-files/rule-file';
import type { FileProblem, RuleFile } from '../domain/rule-files/rule-file';
import { findRuleFiles, readTextFile } from './find-files';
import { EXIT, red } from './terminal';
import type { ExitCode, Terminal } from './terminal';

interface ReadFiles {
	readonly files: readonly { readonly path: string; readonly file: RuleFile }[];
	/** `wrong` when some rule was refused; the others are there all the same. */
	readonly code: ExitCode;
}

/** @throws UnreadablePathError */
export function readRuleFiles(paths: readonly string[], terminal: Terminal): ReadFiles {
	let code: ExitCode = EXIT.good;
	const files = findRuleFiles(paths).map((path) => {
		const { file, problems } = parseRuleFile(readTextFile(path));
		if (problems.length > 0) code = EXIT.wrong;
		complainOf(path, problems, terminal);
		return { path, file };
	});
	return { files, code };
}

export function complainOf(path: string, problems: readonly FileProblem[], terminal: Terminal): void {
	for (const problem of problems) terminal.complain(red(`${path}:${problemText(problem)}`, terminal));
}
