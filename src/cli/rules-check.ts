import type { FileRule } from '../domain/rule-files/rule-file';
import { describePattern } from '../domain/rules/describe-pattern';
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

function inWords({ name, severity, enabled, scope, pattern, clear, actions }: FileRule): string {
	const whose =
		scope.vehicles === 'customer'
			? `the vehicles of ${scope.customer}`
			: scope.vehicles === 'vehicle'
				? scope.vehicle
				: scope.vehicles === 'tasks'
					? 'the vehicles of its tasks'
					: 'all vehicles';
	return [
		`  ${name} (${severity}${enabled ? '' : ', disabled'}), for ${whose}`,
		`    fires when ${describePattern(pattern)}`,
		...(clear === undefined ? [] : [`    ends when ${describePattern(clear)}`]),
		`    does: ${actions.map(({ type, on }) => (on === undefined ? type : `${type} when ${on}`)).join(', ') || 'nothing but keep the firing'}`,
	].join('\n');
}
