/** Sends the emails that are pending, over and over, as n8n's shipped workflow does once a minute: `mailer.cjs JOB`. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { smtpMailer } from '../../../src/adapters/mail/smtp-mailer';
import { openStore } from '../../../src/adapters/store/open-store';
import type { StoreOptions } from '../../../src/adapters/store/store-options';
import { performActions } from '../../../src/app/actions/perform-actions';

export interface MailerJob {
	readonly store: StoreOptions;
	readonly smtpPort: number;
}

const EVERY_MS = 300;

async function main({ store: options, smtpPort }: MailerJob): Promise<void> {
	const store = await openStore(options);
	const smtp = { host: '127.0.0.1', port: smtpPort, security: 'none', from: 'fleet@fleet.example' } as const;
	const mailer = smtpMailer(smtp);
	let isEnding = false;
	process.once('SIGTERM', () => {
		isEnding = true;
	});
	while (!isEnding) {
		try {
			await performActions({ fleet: { store, clock: Date.now }, mailer, newToken: randomUUID });
		} catch (error) {
			process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		}
		await sleep(EVERY_MS);
	}
	mailer.close();
	await store.close();
}

main(JSON.parse(process.argv[2] ?? '') as MailerJob).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
