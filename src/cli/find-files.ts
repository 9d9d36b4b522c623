import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FleetError } from '../domain/errors';

const RULE_FILE = /\.rules?\.(ya?ml|json)$/;
const TRACE_FILE = /\.trace\.(ya?ml|json|ndjson)$/;

/** A file or folder that was named on the command line, but cannot be read. */
export class UnreadablePathError extends FleetError {}

/**
 * The rule files among `paths`: each file that is named, and of a folder all `*.rule.yaml` and `*.rules.yaml` (`.yml`,
 * `.json`) in it and below.
 * @throws UnreadablePathError
 */
export function findRuleFiles(paths: readonly string[]): string[] {
	const found = paths.flatMap((path) => {
		if (!existsSync(path)) {
			throw new UnreadablePathError(`There is no file or folder ${path}`, 'Check the path.');
		}
		if (!statSync(path).isDirectory()) return [path];
		const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
			.filter((name) => RULE_FILE.test(name) && !/(^|[\\/])node_modules[\\/]/.test(name))
			.map((name) => join(path, name))
			.sort();
		if (files.length > 0) return files;
		throw new UnreadablePathError(
			`There is no rule file in ${path}`,
			'Rule files are named e.g. low-fuel.rule.yaml; name a file with another name itself.',
		);
	});
	return [...new Set(found)];
}

/** The traces that stand beside a rule file: `low-fuel.*.trace.yaml` beside `low-fuel.rule.yaml`. */
export function tracesBeside(ruleFile: string): string[] {
	const stem = basename(ruleFile)
		.replace(RULE_FILE, '')
		.replace(/\.(ya?ml|json)$/, '');
	const folder = dirname(ruleFile);
	return readdirSync(folder)
		.filter((name) => TRACE_FILE.test(name) && name.startsWith(`${stem}.`))
		.map((name) => join(folder, name))
		.sort();
}

/** @throws UnreadablePathError */
export function readTextFile(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new UnreadablePathError(`${path} cannot be read: ${reason}`, 'Check the path and its permissions.');
	}
}
