import { createTransport } from 'nodemailer';
import type { Mailer } from '../../app/ports/mailer';
import { explainSmtpError } from './explain-smtp-error';
import { parseAddresses } from './parse-addresses';

export interface SmtpOptions {
	readonly host: string;
	readonly port: number;
	/** `tls` from the first byte, `starttls` or not at all, or `none`: in the clear. */
	readonly security: 'tls' | 'starttls' | 'none';
	/** Empty or left out: the server asks for none. */
	readonly user?: string;
	readonly password?: string;
	/** `fleet@example.com` or `Fleet <fleet@example.com>`. */
	readonly from: string;
	/** How long the server may take to connect, to greet and for each answer; default 20 s. */
	readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 20_000;

/** Sends over SMTP, one email after the other, and keeps its connection until it is closed. Every rejection is a `MailError`. */
export function smtpMailer(options: SmtpOptions): Mailer {
	const transport = openTransport(options);
	return {
		async send({ messageId, to, subject, text }) {
			const recipients = parseAddresses(to);
			try {
				const [sender] = parseAddresses(options.from);
				const { response, rejected } = await transport.sendMail({
					messageId: `<${messageId}>`,
					from: sender,
					to: recipients,
					subject: subject.replace(/\s+/g, ' '),
					text,
				});
				return rejected.length === 0
					? response
					: `${response} (but not for ${rejected.map(addressOf).join(', ')})`;
			} catch (error) {
				throw explainSmtpError(error, options.host, options.port);
			}
		},
		close() {
			transport.close();
		},
	};
}

/** Connects and signs in, and says so in a sentence. Rejects with `MailError`. */
export async function checkSmtp(options: SmtpOptions): Promise<string> {
	const { host, port, security, user } = options;
	parseAddresses(options.from);
	const transport = openTransport(options);
	try {
		await transport.verify();
	} catch (error) {
		throw explainSmtpError(error, host, port);
	} finally {
		transport.close();
	}
	const how = { tls: 'over TLS', starttls: 'over STARTTLS', none: 'without encryption' }[security];
	return `Connected to ${host}:${port} ${how}${user ? ` and signed in as ${user}` : ''}`;
}

function openTransport({
	host,
	port,
	security,
	user,
	password,
	timeoutMs = DEFAULT_TIMEOUT_MS,
}: SmtpOptions) {
	return createTransport({
		pool: true,
		maxConnections: 1,
		// Trying again is the outbox's business, which knows what was sent.
		maxRequeues: 0,
		host,
		port,
		secure: security === 'tls',
		requireTLS: security === 'starttls',
		ignoreTLS: security === 'none',
		auth: user ? { user, pass: password ?? '' } : undefined,
		connectionTimeout: timeoutMs,
		greetingTimeout: timeoutMs,
		socketTimeout: timeoutMs,
		dnsTimeout: timeoutMs,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
}

const addressOf = (recipient: string | { readonly address: string }): string =>
	typeof recipient === 'string' ? recipient : recipient.address;
