import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const root = resolve(__dirname, '..', '..');

/** Runs `npm run test:kill` with these arguments to its end. */
export async function runKill(args: readonly string[]): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, [resolve(root, 'scripts', 'kill.mjs'), ...args], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const chunks: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, output: Buffer.concat(chunks).toString() };
}
