import { parseArgs } from 'node:util';
import { FleetError } from '../domain/errors';
import { nearestName } from '../domain/nearest-name';
import { checkRules } from './rules-check';
import { testRules } from './rules-test';
import { EXIT } from './terminal';
import type { ExitCode, Terminal } from './terminal';

const HELP = `Usage:
  n8n-nodes-fleet rules test FILE_OR_FOLDER... [--trace FILE]...
  n8n-nodes-fleet rules check FILE_OR_FOLDER...
  n8n-nodes-fleet worker --help

rules test   runs rules against recorded traces and compares what fires with what is expected
rules check  reads rules, tells what is wrong with them, and says the good ones in words
worker       reads feeds and evaluates rules outside n8n

Of a folder, all files *.rule.yaml are taken (also .yml and .json), in the folders below it too.
The traces of low-fuel.rule.yaml are the files low-fuel.*.trace.yaml beside it (also .json, .ndjson).

  --trace FILE  test all the rules against this trace instead; may be given several times
  --help        show this

Exit code: 0 as expected, 1 something fires differently, 2 wrong usage or a file that cannot be read.`;

const COMMANDS = ['rules test', 'rules check'];

/** Runs one command line and answers its exit code. */
export function runCommand(args: readonly string[], terminal: Terminal): ExitCode {
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				trace: { type: 'string', multiple: true, default: [] },
				help: { type: 'boolean', short: 'h' },
			},
		});
		if (values.help === true || args.length === 0) {
			terminal.print(HELP);
			return args.length === 0 ? EXIT.wrong : EXIT.good;
		}
		const command = positionals.slice(0, 2).join(' ');
		const paths = positionals.slice(2);
		if (!COMMANDS.includes(command)) {
			const nearest = nearestName(command, [...COMMANDS, 'worker']);
			return refuse(
				`There is no command '${command}'.${nearest === null ? '' : ` Did you mean '${nearest}'?`}`,
				terminal,
			);
		}
		if (paths.length === 0) return refuse(`'${command}' needs at least one file or folder.`, terminal);
		return command === 'rules test' ? testRules(paths, values.trace, terminal) : checkRules(paths, terminal);
	} catch (error) {
		if (error instanceof FleetError) {
			terminal.complain(`${error.message}. ${error.hint}`);
			return EXIT.wrong;
		}
		if (isUsageError(error)) return refuse(error.message, terminal);
		throw error;
	}
}

function refuse(reason: string, terminal: Terminal): ExitCode {
	terminal.complain(`${reason}\nSee n8n-nodes-fleet --help.`);
	return EXIT.wrong;
}

function isUsageError(error: unknown): error is Error {
	return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
