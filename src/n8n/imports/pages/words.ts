import { DateTime } from 'luxon';
import type { Import } from '../../../domain/import';

export interface StateWords {
	readonly text: string;
	readonly tone: 'good' | 'bad' | 'plain';
}

/** Waits for somebody to say whether it is to be imported. */
export const isHeld = ({ state, startedAt }: Import): boolean => state === 'canceled' && startedAt === null;

/** Waits for an answer. */
export const isAsking = ({ state, plan }: Import): boolean =>
	state === 'failed' && (plan?.questions.length ?? 0) > 0;

/** It has put something into the fleet. */
export const hasTaken = ({ rowsCreated, rowsUpdated, rowsUnchanged }: Import): boolean =>
	rowsCreated + rowsUpdated + rowsUnchanged > 0;

export function stateWords(entry: Import): StateWords {
	if (isHeld(entry)) return { text: 'Not imported yet', tone: 'plain' };
	if (isAsking(entry)) return { text: 'Has a question', tone: 'bad' };
	switch (entry.state) {
		case 'pending':
			return { text: 'Waits for its turn', tone: 'plain' };
		case 'running':
			return { text: entry.cancelRequested ? 'Is being canceled' : 'Is being imported', tone: 'plain' };
		case 'done':
			return entry.rowsFailed > 0
				? { text: `Imported, but for ${count(entry.rowsFailed, 'bad row')}`, tone: 'good' }
				: { text: 'Imported', tone: 'good' };
		case 'failed':
			return { text: hasTaken(entry) ? 'Failed on its way' : 'Failed, nothing was imported', tone: 'bad' };
		case 'canceled':
			return { text: 'Canceled', tone: 'plain' };
		case 'undoing':
			return { text: 'Is being undone', tone: 'plain' };
		case 'undone':
			return entry.undoLeft > 0
				? { text: `Undone, but for ${count(entry.undoLeft, 'record')}`, tone: 'good' }
				: { text: 'Undone', tone: 'good' };
	}
}

export const number = (value: number): string => Math.round(value).toLocaleString('en-US');

export const count = (value: number, what: string): string =>
	`${number(value)} ${what}${value === 1 ? '' : 's'}`;

/** E.g. `about 2 minutes`. */
export function duration(seconds: number): string {
	if (seconds < 60) return count(seconds, 'second');
	if (seconds < 5_400) return `about ${count(Math.round(seconds / 60), 'minute')}`;
	return `about ${count(Math.round(seconds / 3_600), 'hour')}`;
}

export function size(bytes: number): string {
	if (bytes < 1_000) return count(bytes, 'byte');
	if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
	return bytes < 1_000_000_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

export const time = (at: number, zone: string): string =>
	DateTime.fromMillis(at, { zone }).toFormat('yyyy-LL-dd HH:mm');
