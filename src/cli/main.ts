#!/usr/bin/env node
import { runCommand } from './run-command';

const { stdout, stderr, env } = process;
process.exitCode = runCommand(process.argv.slice(2), {
	print: (text) => stdout.write(`${text}\n`),
	complain: (text) => stderr.write(`${text}\n`),
	inColour: stdout.isTTY && env.NO_COLOR === undefined,
});
