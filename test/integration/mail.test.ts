import { createServer, type AddressInfo, type Socket } from 'node:net';
import { checkSmtp, smtpMailer, type SmtpOptions } from '../../src/adapters/mail/smtp-mailer';
import type { MailError } from '../../src/app/errors';
import { startSmtpSink, type SmtpSink } from '../lib/smtp-sink';

const email = {
	messageId: 'firing-1-action-0@n8n-nodes-fleet',
	to: 'ada@example.com',
	subject: 'Low fuel',
	text: 'Go',
};

const options = (port: number, more: Partial<SmtpOptions> = {}): SmtpOptions => ({
	host: '127.0.0.1',
	port,
	security: 'none',
	from: 'Fleet <fleet@example.com>',
	timeoutMs: 2000,
	...more,
});

async function send(port: number, changes: Partial<typeof email> = {}, more: Partial<SmtpOptions> = {}) {
	const mailer = smtpMailer(options(port, more));
	try {
		return await mailer.send({ ...email, ...changes });
	} finally {
		mailer.close();
	}
}

describe('smtpMailer', () => {
	let sink: SmtpSink;
	beforeEach(async () => {
		sink = await startSmtpSink();
	});
	afterEach(() => sink.close());

	it('delivers subject, text and Message-ID as they are', async () => {
		const subject = 'Tank fast leer: Müller & Söhne GmbH, Fahrzeug M-AB 123, bitte bald nachtanken';
		const text = 'Füllstand 12 %\n\n.\n<b>no html</b> & "quotes"';
		expect(await send(sink.port, { subject, text })).toMatch(/^250/);
		expect(sink.mails).toMatchObject([
			{
				from: 'fleet@example.com',
				recipients: ['ada@example.com'],
				to: 'ada@example.com',
				messageId: '<firing-1-action-0@n8n-nodes-fleet>',
				subject,
				text,
			},
		]);
	});

	it('sends to several, with and without names', async () => {
		await send(sink.port, { to: 'ada@example.com, "Fleet desk" <desk@example.com>' });
		expect(sink.mails).toMatchObject([{ recipients: ['ada@example.com', 'desk@example.com'] }]);
	});

	it('lets no subject become a header', async () => {
		await send(sink.port, { subject: 'Low\r\nBcc: evil@example.com\r\n\r\nfuel' });
		expect(sink.mails).toMatchObject([
			{ recipients: ['ada@example.com'], subject: 'Low Bcc: evil@example.com fuel' },
		]);
	});

	it.each([
		['', 'The email has no recipient'],
		[' , ', 'The email has no recipient'],
		['nobody', "'nobody' is not an email address"],
		['a@example.com\r\nBcc: evil@example.com', 'is not an email address'],
		['team: a@example.com, evil@example.com;', 'is not an email address'],
		['a@example.com evil@example.com', 'is not an email address'],
		['a@example.com; evil@example.com', 'is not an email address'],
	])('refuses the recipient %j for good', async (to, message) => {
		await expect(send(sink.port, { to })).rejects.toMatchObject({
			message: expect.stringContaining(message),
			isTransient: false,
		});
		expect(sink.mails).toEqual([]);
	});

	it('tells a refusal for good from one for now', async () => {
		sink.setMood('refuse');
		await expect(send(sink.port)).rejects.toMatchObject({
			message: expect.stringContaining('refused the recipient: 550 No such mailbox here'),
			isTransient: false,
		});
		sink.setMood('defer');
		await expect(send(sink.port)).rejects.toMatchObject({
			message: expect.stringContaining('451 Mailbox busy'),
			isTransient: true,
		});
	});

	it('does not wait for a server that hangs', async () => {
		sink.setMood('hang');
		await expect(send(sink.port, {}, { timeoutMs: 200 })).rejects.toMatchObject({
			message: expect.stringContaining('does not answer'),
			isTransient: true,
		});
	});

	it('says so when nothing listens', async () => {
		const closed = await startSmtpSink();
		await closed.close();
		const failure = await send(closed.port).catch((error: MailError) => error);
		expect(failure).toMatchObject({
			name: 'MailError',
			message: `The mail server 127.0.0.1:${closed.port} cannot be reached: nothing listens there`,
			isTransient: true,
		});
	});
});

describe('checkSmtp', () => {
	const open: { close(): unknown }[] = [];
	const sinkFor = async (...args: Parameters<typeof startSmtpSink>) => {
		const sink = await startSmtpSink(...args);
		open.push(sink);
		return sink;
	};
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (server) => await server.close()));
	});

	it('signs in, and says what is wrong when it cannot', async () => {
		const sink = await sinkFor(0, { user: 'ada', password: 'right' });
		const wrong = options(sink.port, { user: 'ada', password: 'wrong' });
		await expect(checkSmtp({ ...wrong, password: 'right' })).resolves.toBe(
			`Connected to 127.0.0.1:${sink.port} without encryption and signed in as ada`,
		);
		await expect(checkSmtp(wrong)).rejects.toMatchObject({
			message: expect.stringContaining('did not accept user and password: 535'),
		});
		await expect(checkSmtp({ ...wrong, from: 'nobody' })).rejects.toThrow("'nobody' is not an email address");
	});

	it('refuses a certificate that nobody vouches for, and a server without STARTTLS', async () => {
		// The sink's certificate is the one that smtp-server comes with, of which it warns.
		jest.spyOn(console, 'error').mockImplementationOnce(() => undefined);
		const tls = await sinkFor(0, { tls: true });
		const plain = await sinkFor();
		const secureFailed = { message: expect.stringContaining('The secure connection to 127.0.0.1') };
		await expect(checkSmtp(options(tls.port, { security: 'tls' }))).rejects.toMatchObject(secureFailed);
		await expect(checkSmtp(options(plain.port, { security: 'tls' }))).rejects.toMatchObject(secureFailed);
		await expect(checkSmtp(options(plain.port, { security: 'starttls' }))).rejects.toMatchObject(
			secureFailed,
		);
	});

	it('gives up on a server that does not greet', async () => {
		const sockets: Socket[] = [];
		const mute = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
		open.push(mute);
		await new Promise((resolve) => mute.once('listening', resolve));
		const { port } = mute.address() as AddressInfo;
		await expect(checkSmtp(options(port, { timeoutMs: 200 }))).rejects.toThrow('does not answer');
		sockets.forEach((socket) => socket.destroy());
	});
});
