const isTerminal = Boolean(process.stdout.isTTY);
const isColoured = isTerminal && !process.env.NO_COLOR;
const paint = (code) => (text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : String(text));

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');
export const cyan = paint('36');

const TITLE_WIDTH = 30;

/** `850 ms`, `12.3 s`, `4 min 07 s`. */
export function elapsed(ms) {
	if (ms < 1000) return `${Math.round(ms)} ms`;
	if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

export function say(text = '') {
	process.stdout.write(`${text}\n`);
}

/** The last lines of a long output, each indented: what a person needs to see of a failed command. */
export function tail(text, lines = 40) {
	const all = text.trimEnd().split('\n').slice(-lines);
	return all.map((line) => `    ${line}`).join('\n');
}

function line(mark, title, note, ms) {
	const time = ms === undefined ? '' : dim(elapsed(ms));
	return `  ${mark} ${title.padEnd(TITLE_WIDTH)} ${[note, time].filter(Boolean).join('  ')}`.trimEnd();
}

/**
 * Shows one step while it runs: on a terminal one line that is kept up to date, elsewhere a line a quarter minute.
 * `work` gets `progress(note)`; what it returns is handed on. `noteOf(result)` says what to show in the end, a
 * thrown error's `note` likewise.
 */
export async function step(title, work, noteOf = () => '') {
	const startedAt = performance.now();
	const since = () => performance.now() - startedAt;
	let note = '';
	const width = () => (process.stdout.columns || 100) - 1;
	const draw = () => {
		const plain = `  · ${title.padEnd(TITLE_WIDTH)} ${elapsed(since())}  ${note}`;
		process.stdout.write(`\r\u001b[2K${dim(plain.slice(0, width()))}`);
	};
	const tell = () => say(line('·', title, note, since()));
	const timer = setInterval(isTerminal ? draw : tell, isTerminal ? 120 : 15_000);
	const end = (mark, text) => {
		clearInterval(timer);
		if (isTerminal) process.stdout.write('\r\u001b[2K');
		say(line(mark, title, text, since()));
	};
	try {
		const result = await work((text) => {
			note = text;
		});
		end(green('✓'), noteOf(result));
		return result;
	} catch (error) {
		end(red('✗'), error.note || red('failed'));
		throw error;
	}
}
