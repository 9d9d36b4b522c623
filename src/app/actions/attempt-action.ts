import { emailMessageId, MAX_ATTEMPTS, retryDelayMs, type Action } from '../../domain/action';
import { FleetError } from '../../domain/errors';
import { MailError } from '../errors';
import type { Mailer } from '../ports/mailer';

/** `attempts` counts the one that ended so. */
export type ActionOutcome = { readonly attempts: number } & (
	| { readonly state: 'done'; readonly result: string }
	| { readonly state: 'pending'; readonly error: string; readonly retryInMs: number }
	| { readonly state: 'dead'; readonly error: string }
);

const MAYBE_SENT_BEFORE =
	'an earlier attempt was cut off and may have been delivered too, under the same Message-ID';

/** An attempt that left neither result nor error: its process died, perhaps after the server had taken the mail. */
const mayBeSecond = ({ attempts, lastError }: Action): boolean => attempts > 1 && lastError === null;

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
			result: mayBeSecond(action) ? `${answer} (${MAYBE_SENT_BEFORE})` : answer,
		};
	} catch (error) {
		return failed(error, attempts);
	}
}

function failed(error: unknown, attempts: number): ActionOutcome {
	const said = error instanceof Error ? error.message : String(error);
	const reason = error instanceof FleetError ? `${said}. ${error.hint}` : said;
	if (error instanceof MailError && !error.isTransient) return { attempts, state: 'dead', error: reason };
	if (attempts >= MAX_ATTEMPTS) {
		return { attempts, state: 'dead', error: `Given up after ${attempts} attempts: ${reason}` };
	}
	return { attempts, state: 'pending', error: reason, retryInMs: retryDelayMs(attempts) };
}
