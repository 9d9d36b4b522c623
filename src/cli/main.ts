#!/usr/bin/env node
import { runCommand } from './run-command';

const { stdout, stderr, env } = process;
const terminal = {
	print: (text: string) => stdout.write(`${text}\n`),
	complain: (text: string) => stderr.write(`${text}\n`),
	inColour: stdout.isTTY && env.NO_COLOR === undefined,
};

async function main([command, ...args]: readonly string[]): Promise<void> {
	if (command === 'worker') {
		// Only a worker needs the database libraries, which take half a second to load.
		const { runWorker } = await import('./worker/run-worker');
		process.exit(await runWorker(args, terminal));
	}
	process.exitCode = runCommand(process.argv.slice(2), terminal);
}

void main(process.argv.slice(2));
