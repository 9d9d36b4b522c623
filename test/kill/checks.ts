import type { Effect, Snapshot } from './snapshot';

export interface Check {
	readonly name: string;
	/** How many are wrong; null when it is not counted here. */
	readonly wrong: number;
	/** How many were looked at. */
	readonly of: number;
	/** The first few of what is wrong, or what is worth knowing. */
	readonly note: string;
}

export interface Evidence {
	readonly acknowledged: ReadonlyMap<string, { readonly isBad: boolean }>;
	readonly found: Snapshot;
	/** The same messages without faults. */
	readonly reference: Snapshot;
	/** Message-IDs as the mail server took them. */
	readonly mails: readonly string[];
	/** How often a process was killed that sends mail, or takes it. */
	readonly mailKills: number;
}

/** Every promise with the count of what broke it. */
export function checkAll(evidence: Evidence): Check[] {
	return [...checkMessages(evidence), ...checkEffects(evidence), ...checkMails(evidence)];
}

function checkMessages({ acknowledged, found, reference }: Evidence): Check[] {
	const good = [...acknowledged].filter(([, { isBad }]) => !isBad).map(([id]) => id);
	const bad = [...acknowledged].filter(([, { isBad }]) => isBad).map(([id]) => id);
	const taken = new Set(found.history.map(({ messageId }) => messageId));
	const rejected = new Set(found.rejected.map(({ messageId }) => messageId));
	const lost = [...good.filter((id) => !taken.has(id)), ...bad.filter((id) => !rejected.has(id))];
	const refused = found.rejected.filter(({ messageId }) => acknowledged.get(messageId)?.isBad !== true);
	const ids = [...found.history, ...found.rejected].map(({ messageId }) => messageId);
	const unknown = ids.filter((id) => !acknowledged.has(id));
	const late = ({ history }: Snapshot) =>
		history.filter(({ isLate }) => isLate).map(({ messageId }) => messageId);
	return [
		check('acknowledged, and lost', lost, acknowledged.size),
		check(
			'good, and quarantined',
			refused.map(({ messageId, reason }) => `${messageId}: ${reason}`),
			good.length,
		),
		check('taken twice', repeated(ids), ids.length),
		check('never published', unknown, ids.length),
		check('late for the rules, unlike the reference', difference(late(found), late(reference)), good.length),
	];
}

function checkEffects({ found, reference }: Evidence): Check[] {
	const against = (name: string, of: (snapshot: Snapshot) => readonly string[]) =>
		check(name, difference(of(found), of(reference)), of(reference).length);
	const notNewest = [...reference.newest].filter(([key, id]) => found.newest.get(key) !== id);
	return [
		check(
			'status that is not the newest',
			notNewest.map(([key, id]) => `${key}: ${found.newest.get(key)} instead of ${id}`),
			reference.newest.size,
		),
		against('status, unlike the reference', ({ statuses }) => statuses),
		against('firings, unlike the reference', ({ firings }) => firings),
		against('tasks, unlike the reference', ({ tasks }) => tasks.map(textOf)),
		against('log entries, unlike the reference', ({ logs }) => logs.map(textOf)),
		against('actions, unlike the reference', ({ actions }) => actions.map(textOf)),
		check('actions done twice', doneTwice(found), found.tasks.length + found.logs.length),
	];
}

const textOf = ({ what, firing }: Effect): string => `${what} for ${firing}`;

/** Tasks and log entries for which their firing has no action, since another one was made for it. */
function doneTwice({ tasks, logs, actions }: Snapshot): string[] {
	const beyond = (done: readonly Effect[], type: 'createTask' | 'storeLog') => {
		const left = countOf(actions.filter((action) => action.type === type).map(({ firing }) => firing));
		return done.filter(({ firing }) => {
			const count = left.get(firing) ?? 0;
			left.set(firing, count - 1);
			return count <= 0;
		});
	};
	return [...beyond(tasks, 'createTask'), ...beyond(logs, 'storeLog')].map(textOf);
}

/** A process has one email under way, of which a kill leaves nobody knowing. Each attempt has the same Message-ID, so a copy is known as one. */
function checkMails({ found, mails, mailKills }: Evidence): Check[] {
	const copies = countOf(mails);
	const unsent = found.emails.filter(
		({ messageId, action }) => action.state !== 'done' || !copies.has(messageId),
	);
	const known = new Map(found.emails.map((email) => [email.messageId, email]));
	const twice = repeated(mails);
	const untold = [...new Set(twice)].filter((id) => {
		const action = known.get(id)?.action;
		return action !== undefined && !/may have been delivered/.test(action.result ?? '');
	});
	return [
		check(
			'emails not sent',
			unsent.map(({ messageId, action }) => `${messageId} ${action.state} ${action.lastError ?? ''}`),
			found.emails.length,
		),
		check(
			'emails of no action',
			mails.filter((id) => !known.has(id)),
			mails.length,
		),
		{
			...check('emails twice, more than there were kills', twice, mails.length),
			wrong: Math.max(0, twice.length - mailKills),
			note: `${twice.length} twice, ${mailKills} kills of who sends or takes mail`,
		},
		check('emails twice, and not told so', untold, twice.length),
	];
}

function check(name: string, wrong: readonly string[], of: number): Check {
	return { name, wrong: wrong.length, of, note: some(wrong) };
}

const some = (texts: readonly string[]): string => texts.slice(0, 3).join('; ').slice(0, 300);

function countOf(texts: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return counts;
}

/** Each as often as it is there once too many. */
function repeated(texts: readonly string[]): string[] {
	return [...countOf(texts)].flatMap(([text, count]) => Array<string>(count - 1).fill(text));
}

/** What only one side has, or has more often: `+` here, `-` in the reference. */
function difference(found: readonly string[], expected: readonly string[]): string[] {
	const counts = countOf(found);
	for (const text of expected) counts.set(text, (counts.get(text) ?? 0) - 1);
	return [...counts].flatMap(([text, count]) =>
		Array<string>(Math.abs(count)).fill(`${count > 0 ? '+' : '-'} ${text}`),
	);
}
