import { CommandError, endAllCommands } from './run.mjs';
import { red, say, tail } from './terminal.mjs';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs a command of this project: tells errors as a person reads them, and ends what was started when it is asked to
 * stop. `main(onStop)` resolves with the exit code; `onStop(end)` names what to end first, once, and awaited.
 */
export async function runCommand(main) {
	const ends = [];
	let isStopping = false;
	const stop = async (signal) => {
		if (isStopping) return;
		isStopping = true;
		endAllCommands();
		if (ends.length > 0 && process.stdout.isTTY) process.stdout.write('\r\u001b[2K  stopping ...\n');
		await Promise.allSettled(ends.map((end) => end()));
		process.exit(SIGNALS[signal]);
	};
	for (const signal of Object.keys(SIGNALS)) process.on(signal, () => void stop(signal));
	// A closed terminal must not keep the clean-up from its work.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
	try {
		process.exitCode = await main((end) => ends.push(end));
	} catch (error) {
		if (isStopping) return;
		if (error instanceof CommandError && error.output) say(`\n${tail(error.output)}`);
		say(`\n  ${red('✗')} ${error.message}\n`);
		if (process.env.FLEET_DEBUG) say(error.stack);
		process.exitCode = 1;
	}
}
