import { emailMessageId, MAX_ATTEMPTS, MAYBE_SENT, retryDelayMs, type Action } from '../../domain/action';
import { FleetError } from '../../domain/errors';
import { MailError } from '../errors';
import type { Mailer } from '../ports/mailer';

/** `attempts` counts the one that ended so. */
export type ActionOutcome = { readonly attempts: number } & (
	| { readonly state: 'done'; readonly result: string }
	| { readonly state: 'pending'; readonly error: string; readonly retryInMs: number }
	| { readonly state: 'dead'; readonly error: string }
);

const mayBeSecond = ({ lastError }: Action): boolean => lastError?.includes(MAYBE_SENT) === true;

/** One attempt. Never rejects: every failure is an outcome. */
export async function attemptAction(action: Action, mailer: Mailer): Promise<ActionOutcome> {
	const { content, attempts } = action;
	if (content.type !== 'sendEmail') {
		return { attempts, state: 'dead', error: `${content.type} is done when its rule fires, never later` };
	}
	const { to, subject, text } = content;
	try {
		const answer = await mailer.send({ messageId: emailMessageId(action), to, subject, text });
		return {
			attempts,
			state: 'done',
			result: mayBeSecond(action) ? `${answer} (${MAYBE_SENT})` : answer,
		};
	} catch (error) {
		return failed(error, action);
	}
}

function failed(error: unknown, action: Action): ActionOutcome {
	const { attempts } = action;
	const said = error instanceof Error ? error.message : String(error);
	const hinted = error instanceof FleetError ? `${said}. ${error.hint}` : said;
	const isInDoubt = mayBeSecond(action) || (error instanceof MailError && error.mayBeSent);
	const reason = isInDoubt ? `${hinted} (${MAYBE_SENT})` : hinted;
	if (error instanceof MailError && !error.isTransient) return { attempts, state: 'dead', error: reason };
	if (attempts >= MAX_ATTEMPTS) {
		return { attempts, state: 'dead', error: `Given up after ${attempts} attempts: ${reason}` };
	}
	return { attempts, state: 'pending', error: reason, retryInMs: retryDelayMs(attempts) };
}
