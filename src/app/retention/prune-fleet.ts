import { InvalidFieldError } from '../../domain/errors';
import type { Fleet } from '../fleet';
import type { AgedRecord } from '../ports/store-operations';
import { nextVehicles, removeReports } from './remove-reports';
import { type SmallSteps, smallSteps } from './small-steps';
import { BEGINNING, type Cleaned, thinHistory } from './thin-history';

/** In days; 0 keeps all of it for ever. */
export interface RetentionOptions {
	/**
	 * How long the ids of messages that were taken are remembered; default 30. It must be longer than any transport or
	 * sender can take to deliver a message once more: forgotten, it counts as new.
	 */
	readonly inboxDays?: number;
	/** From which age on the history keeps of each vehicle's hour what `reportThinner` keeps; default 0. */
	readonly thinHistoryDays?: number;
	/** From which age on reports are gone. Current statuses stay. Default 0. */
	readonly historyDays?: number;
	/** Rejected messages, log entries, and done actions of firings that have cleared; default 0. */
	readonly rejectedMessageDays?: number;
	readonly logDays?: number;
	readonly doneActionDays?: number;
	/** After so many minutes it stops, to go on with the next call; default 60. */
	readonly maxMinutes?: number;
}

export interface PrunedFleet {
	readonly inboxRemoved: number;
	readonly historyThinned: number;
	readonly historyRemoved: number;
	readonly rejectedMessagesRemoved: number;
	readonly logsRemoved: number;
	readonly actionsRemoved: number;
	/** Feeds' runs of processes that ended without a word, a day after their last one. */
	readonly feedRunsRemoved: number;
	/** False when time ran out. */
	readonly isComplete: boolean;
}

const DAY_MS = 86_400_000;
const FEED_RUN_DAYS = 1;

/**
 * Removes what is older than the options say, and thins old history, in transactions of about 20 ms with pauses as
 * long, so that feeds go on. What is removed frees its place for new rows; a SQLite file does not become smaller.
 * Stopped at any moment, the next call goes on. Throws `InvalidFieldError` for a number of days that is none.
 */
export async function pruneFleet(
	{ store, clock }: Fleet,
	options: RetentionOptions = {},
): Promise<PrunedFleet> {
	const { inboxDays = 30, maxMinutes = 60 } = options;
	const days = { ...options, inboxDays };
	const now = clock();
	const before = (name: keyof RetentionOptions): number | null => daysBefore(now, name, days[name] ?? 0);
	const times = {
		inbox: before('inboxDays'),
		log: before('logDays'),
		rejectedMessage: before('rejectedMessageDays'),
		doneAction: before('doneActionDays'),
		history: before('historyDays'),
		thinned: before('thinHistoryDays'),
	};
	const steps = smallSteps(store, now + maxMinutes * 60_000, clock);
	let isComplete = true;
	const counted = async (clean: () => Promise<Cleaned>): Promise<number> => {
		const cleaned = await clean();
		isComplete &&= cleaned.isComplete;
		return cleaned.removed;
	};
	const aged = async (what: AgedRecord) =>
		await counted(async () => await removeAged(steps, what, now, times[what]));

	const pruned = {
		inboxRemoved: await aged('inbox'),
		rejectedMessagesRemoved: await aged('rejectedMessage'),
		logsRemoved: await aged('log'),
		actionsRemoved: await aged('doneAction'),
		feedRunsRemoved: await steps.write(
			async ({ feedRuns }) => await feedRuns.removeBefore(now - FEED_RUN_DAYS * DAY_MS),
		),
		historyRemoved: await counted(async () => await removeHistory(store, steps, times.history)),
		historyThinned: await counted(async () =>
			times.thinned === null ? ALL_DONE : await thinHistory(store, steps, times.thinned),
		),
	};
	return { ...pruned, isComplete };
}

const ALL_DONE: Cleaned = { removed: 0, isComplete: true };

function daysBefore(now: number, name: string, days: number): number | null {
	if (days === 0) return null;
	if (Number.isFinite(days) && days >= 1) return now - days * DAY_MS;
	throw new InvalidFieldError(
		name,
		`${days} days is no age that anything can have`,
		'Give at least 1 day, or 0 to keep all of it.',
	);
}

async function removeAged(
	steps: SmallSteps,
	what: AgedRecord,
	now: number,
	before: number | null,
): Promise<Cleaned> {
	let removed = 0;
	while (before !== null) {
		if (steps.isOver) return { removed, isComplete: false };
		const count = await steps.write(
			async ({ retention }) => await retention.removeAged(what, { before, now }, steps.size),
		);
		if (count === 0) break;
		removed += count;
	}
	return { removed, isComplete: true };
}

async function removeHistory(
	store: Fleet['store'],
	steps: SmallSteps,
	before: number | null,
): Promise<Cleaned> {
	let removed = 0;
	let after: number | undefined = 0;
	while (before !== null && after !== undefined) {
		const vehicleIds = await nextVehicles(store, after);
		const range = { vehicleIds, from: BEGINNING, to: before - 1 };
		const part = await removeReports(store, steps, range, ({ id }) => [id]);
		removed += part.removed;
		if (!part.isWhole || steps.isOver) return { removed, isComplete: false };
		after = vehicleIds.at(-1);
	}
	return { removed, isComplete: true };
}
