import type { ImportRowError } from '../../domain/import';
import type { StatusRow } from '../../domain/mapping/interpret-row';
import { fieldError } from '../../domain/mapping/interpret-row';
import { parseStatusMessage, type ParsedMessage } from '../../domain/parse-status-message';
import type { FeedProcessor } from '../feed/process-batch';
import type { StoreSession } from '../ports/store';
import { findVehicles } from './find-links';
import type { FileRow } from './read-records';
import type { Taken } from './take-records';

type TakenRow = Extract<FileRow, { ok: true }>;
type Message = Extract<ParsedMessage, { ok: true }>;

const MAX_FUTURE_MS = 5 * 60_000;

export interface CheckedStatuses {
	readonly good: readonly Message[];
	readonly errors: readonly ImportRowError[];
}

/** Sorts out what no feed would take; `isKnown` answers for vehicles that the store does not have yet. */
export async function checkStatuses(
	session: Pick<StoreSession, 'vehicles'>,
	rows: readonly TakenRow[],
	now: number,
	isKnown: (vehicleKey: string) => boolean = () => false,
): Promise<CheckedStatuses> {
	const errors: ImportRowError[] = [];
	const parsed: { row: TakenRow; message: Message }[] = [];
	for (const row of rows) {
		const { value } = row.record as StatusRow;
		const limits = { now, maxFutureMs: MAX_FUTURE_MS };
		const message = parseStatusMessage(value, limits, JSON.stringify(value));
		if (message.ok) parsed.push({ row, message });
		else errors.push(errorOf(row, message.field, `${message.reason}. ${message.hint}`));
	}
	const vehicles = await findVehicles(
		session,
		parsed.map(({ message }) => message.message.vehicleKey),
	);
	const good = parsed.filter(({ row, message: { message } }) => {
		if (vehicles.has(message.vehicleKey) || isKnown(message.vehicleKey)) return true;
		errors.push(errorOf(row, 'vehicle', `There is no vehicle '${message.vehicleKey}': add it first`));
		return false;
	});
	return { good: good.map(({ message }) => message), errors };
}

function errorOf({ source, table }: TakenRow, field: string | null, message: string): ImportRowError {
	return fieldError(source, table.columns, field, message);
}

/**
 * Hands the messages to the feed, which commits them before this resolves and knows those that it was given
 * before. So a chunk that is taken twice, because a crash came before its checkpoint, has its effect once; both
 * times all its good rows count as created.
 */
export async function takeStatuses(feed: FeedProcessor, checked: CheckedStatuses): Promise<Taken> {
	if (checked.good.length > 0) await feed.process(checked.good);
	return { created: checked.good.length, updated: 0, errors: checked.errors };
}
