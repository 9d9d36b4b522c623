import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Paths of PEM files. */
export interface Certificate {
	readonly cert: string;
	readonly key: string;
}

/** A certificate for `localhost` and 127.0.0.1 that only who is given it trusts. */
export async function makeCertificate(dir: string): Promise<Certificate> {
	const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
	const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
	const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
	await run('openssl', [...request, '-addext', names, '-keyout', key, '-out', cert]);
	return { cert, key };
}
