import { MailError } from '../../app/errors';

/** What nodemailer and Node put on an error; anything may be missing. */
interface SmtpFailure {
	readonly message: string;
	readonly code?: string;
	readonly originalCode?: string;
	readonly command?: string;
	readonly response?: string;
	readonly responseCode?: number;
	readonly permanent?: boolean;
}

const CERTIFICATE = /certificate|self.signed|altnames|unable to verify|CERT_|DEPTH_ZERO|SSL routines/i;

/** Says where it failed and what mends it. Only a refusal of this very mail is permanent: the rest can be mended. */
export function explainSmtpError(error: unknown, host: string, port: number): MailError {
	const failure = toFailure(error);
	const server = `The mail server ${host}:${port}`;
	const cause = { cause: error };
	const mayBeSent = isCutOff(failure);
	const said = (failure.response ?? failure.message).trim();
	const transient = (message: string, hint: string) => new MailError(message, hint, true, mayBeSent, cause);

	if (failure.code === 'EAUTH' || failure.code === 'ENOAUTH') {
		return transient(
			`${server} did not accept user and password: ${said}`,
			'Correct user and password in the SMTP credential; some providers want an app password.',
		);
	}
	if (failure.code === 'ETLS' || CERTIFICATE.test(failure.message)) {
		return transient(
			`The secure connection to ${host}:${port} failed: ${said}`,
			'Check "Security" in the SMTP credential (TLS is usual on port 465, STARTTLS on 587), and that the server shows a valid certificate for this name.',
		);
	}
	if (failure.command === 'MAIL FROM') {
		return transient(
			`${server} refused the sender: ${said}`,
			'Give a "from" address in the SMTP credential that the server lets this user send as.',
		);
	}
	if (failure.command === 'RCPT TO')
		return refused(`${server} refused the recipient: ${said}`, failure, cause);
	if (failure.responseCode !== undefined) {
		return refused(`${server} refused the email: ${said}`, failure, cause);
	}
	return transient(
		`${server} cannot be reached: ${reason(failure)}`,
		'Check host, port and security in the SMTP credential, and that the server runs.',
	);
}

function refused(message: string, { permanent }: SmtpFailure, cause: ErrorOptions): MailError {
	return permanent === true
		? new MailError(message, 'Correct the recipient, then run the action again.', false, false, cause)
		: new MailError(
				message,
				'The server asks to try again later, which happens by itself.',
				true,
				false,
				cause,
			);
}

/** Before the server has greeted, nothing was sent; an answer of the server says what became of it. */
const NEVER_BEGUN =
	/^(Connection timeout|Greeting never received)|\b(ECONNREFUSED|E(HOST|NET)UNREACH|ENOTFOUND)\b/;

function isCutOff({ code, command, responseCode, message }: SmtpFailure): boolean {
	const isBroken = code === 'ECONNECTION' || code === 'ESOCKET' || code === 'ETIMEDOUT';
	return isBroken && command === 'CONN' && responseCode === undefined && !NEVER_BEGUN.test(message);
}

function reason({ code, originalCode, message }: SmtpFailure): string {
	if (originalCode === 'ECONNREFUSED' || code === 'ECONNREFUSED') return 'nothing listens there';
	if (code === 'EDNS' || originalCode === 'ENOTFOUND') return 'there is no host of this name';
	if (code === 'ETIMEDOUT') return `it does not answer (${message})`;
	return message;
}

function toFailure(error: unknown): SmtpFailure {
	// Not `instanceof`: errors of Node's own modules may come from another realm.
	const isFailure = typeof error === 'object' && error !== null && 'message' in error;
	return isFailure ? (error as SmtpFailure) : { message: String(error) };
}
