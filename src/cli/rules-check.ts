import type { FileRule, FileScope } from '../domain/rule-files/rule-file';
import { describeRule } from '../domain/rules/describe-rule';
import { readRuleFiles } from './read-rule-files';
import type { ExitCode, Terminal } from './terminal';

/**
 * Reads rule files and says each rule in words.
 * @throws UnreadablePathError
 */
export function checkRules(paths: readonly string[], terminal: Terminal): ExitCode {
	const { files, code } = readRuleFiles(paths, terminal);
	for (const { path, file } of files) {
		terminal.print(`\n${path}`);
		for (const rule of file.rules) terminal.print(inWords(rule));
	}
	return code;
}

function inWords(rule: FileRule): string {
	const { name, enabled } = rule;
	const sentence = describeRule({ ...rule, scope: { vehicles: 'all' } });
	return `  ${name}${enabled ? '' : ' (disabled)'}, for ${whose(rule.scope)}:\n    ${sentence}`;
}

function whose(scope: FileScope): string {
	switch (scope.vehicles) {
		case 'customer':
			return `the vehicles of ${scope.customer}`;
		case 'vehicle':
			return scope.vehicle;
		case 'tasks':
			return 'the vehicles of its tasks';
		default:
			return 'all vehicles';
	}
}
