import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { AddressInfo, Socket } from 'node:net';

/** A mail as the sink received it. */
export interface ReceivedMail {
	/** Envelope: what the server was told, whatever the headers say. */
	readonly from: string;
	readonly recipients: readonly string[];
	readonly subject: string;
	readonly to: string;
	/** With its angle brackets. */
	readonly messageId: string;
	readonly text: string;
	/** The whole message as it came. */
	readonly raw: string;
}

/**
 * `refuse`: 550 for every recipient. `defer`: 451 likewise. `hang`: never answers a recipient. `drop`: takes the mail,
 * and breaks the connection instead of saying so.
 */
export type SinkMood = 'accept' | 'refuse' | 'defer' | 'hang' | 'drop';

export interface SmtpSink {
	readonly port: number;
	readonly mails: ReceivedMail[];
	setMood(mood: SinkMood): void;
	/** Resolves when `count` mails are there; rejects after `timeoutMs`. */
	waitForMails(count: number, timeoutMs?: number): Promise<readonly ReceivedMail[]>;
	close(): Promise<void>;
}

export interface SinkOptions {
	/** Asks for this user and password before it takes mail. */
	readonly user?: string;
	readonly password?: string;
	/** Speaks TLS from the first byte, with a certificate that nobody trusts. */
	readonly tls?: boolean;
	/** Told of each mail before the client is told that it was taken. */
	onMail?(mail: ReceivedMail): void;
}

/** A real SMTP server on loopback that keeps what it is sent. Port 0: any that is free. */
export async function startSmtpSink(
	port = 0,
	{ user, password, tls = false, onMail }: SinkOptions = {},
): Promise<SmtpSink> {
	const mails: ReceivedMail[] = [];
	let mood: SinkMood = 'accept';
	const refuse = (responseCode: number, message: string) =>
		Object.assign(new Error(message), { responseCode });
	const options: SMTPServerOptions = {
		secure: tls,
		authOptional: user === undefined,
		disabledCommands: user === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
		allowInsecureAuth: true,
		disableReverseLookup: true,
		closeTimeout: 100,
		onAuth(auth, _session, done) {
			const isRight = auth.username === user && auth.password === password;
			if (isRight) done(null, { user: auth.username });
			else done(refuse(535, 'Wrong user or password'));
		},
		onRcptTo(_address, _session, done) {
			if (mood === 'refuse') done(refuse(550, 'No such mailbox here'));
			else if (mood === 'defer') done(refuse(451, 'Mailbox busy, try again later'));
			else if (mood !== 'hang') done();
		},
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope;
				const mail = {
					from: mailFrom ? mailFrom.address : '',
					recipients: rcptTo.map(({ address }) => address),
					...readMail(Buffer.concat(chunks).toString('utf8')),
				};
				mails.push(mail);
				onMail?.(mail);
				if (mood === 'drop') sockets.forEach((socket) => socket.destroy());
				else done();
			});
		},
	};
	const server = new SMTPServer(options);
	const sockets = new Set<Socket>();
	server.server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	// A client that breaks off is the test's business, not a reason to crash it.
	server.on('error', () => undefined);
	await new Promise<void>((resolve, reject) => {
		server.server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve());
	});
	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		setMood(next) {
			mood = next;
		},
		async waitForMails(count, timeoutMs = 10_000) {
			const end = Date.now() + timeoutMs;
			while (mails.length < count) {
				if (Date.now() > end) throw new Error(`${mails.length} of ${count} mails after ${timeoutMs} ms`);
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			return mails;
		},
		async close() {
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function readMail(raw: string): Pick<ReceivedMail, 'subject' | 'to' | 'messageId' | 'text' | 'raw'> {
	const border = raw.indexOf('\r\n\r\n');
	const head = raw.slice(0, border).replace(/\r\n[ \t]+/g, ' ');
	const header = (name: string): string =>
		new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.replace(/\r$/, '') ?? '';
	return {
		subject: decodeWords(header('subject')),
		to: decodeWords(header('to')),
		messageId: header('message-id'),
		text: decodeBody(raw.slice(border + 4), header('content-transfer-encoding').toLowerCase()),
		raw,
	};
}

/** RFC 2047: =?UTF-8?Q?...?= and =?UTF-8?B?...?= */
function decodeWords(text: string): string {
	return text
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_whole, kind: string, content: string) =>
			kind.toLowerCase() === 'b'
				? Buffer.from(content, 'base64').toString('utf8')
				: decodeQuoted(content.replaceAll('_', ' ')),
		);
}

function decodeBody(body: string, encoding: string): string {
	const decoded =
		encoding === 'base64'
			? Buffer.from(body, 'base64').toString('utf8')
			: encoding === 'quoted-printable'
				? decodeQuoted(body.replace(/=\r\n/g, ''))
				: body;
	return decoded.replaceAll('\r\n', '\n').trimEnd();
}

function decodeQuoted(text: string): string {
	const bytes = text.replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
