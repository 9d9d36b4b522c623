import { appendFileSync, createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Publication } from './message-source';

/** What the transport has acknowledged, in the order in which it was published: one message a line. */
export function appendToLedger(path: string, publications: readonly Publication[]): void {
	appendFileSync(path, publications.map((publication) => `${JSON.stringify(publication)}\n`).join(''));
}

export async function* readLedger(path: string): AsyncGenerator<Publication> {
	for await (const line of createInterface({ input: createReadStream(path) })) {
		yield JSON.parse(line) as Publication;
	}
}
