import type { EntitySchemaColumnOptions } from 'typeorm';

import { withoutNul } from '../without-nul';

type Column = EntitySchemaColumnOptions;

export const id: Column = { type: 'integer', primary: true, generated: 'increment' };
export const text: Column = {
	type: 'text',
	transformer: { to: (value: unknown) => withoutNul(value), from: (stored: unknown) => stored },
};
export const optionalText: Column = { ...text, nullable: true };
export const whole: Column = { type: 'bigint' };
export const optionalWhole: Column = { type: 'bigint', nullable: true };
export const flag: Column = { type: 'boolean' };
export const json: Column = {
	type: 'text',
	transformer: {
		to: (value: unknown) => (value === undefined ? undefined : JSON.stringify(value)),
		from: (stored: unknown): unknown => (typeof stored === 'string' ? JSON.parse(stored) : stored),
	},
};
/** These two are absent from a record, not null, where nothing is stored. */
export const optionalJson: Column = {
	type: 'text',
	nullable: true,
	transformer: {
		to: (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value)),
		from: (stored: unknown): unknown => (typeof stored === 'string' ? JSON.parse(stored) : undefined),
	},
};
export const optionalReal: Column = {
	type: 'double precision',
	nullable: true,
	transformer: {
		to: (value: unknown) => value ?? null,
		from: (stored: unknown): unknown => stored ?? undefined,
	},
};
/** Columns of the store's own, which no record shows. */
export const leaseColumns = {
	leaseToken: { ...optionalText, select: false },
	leaseUntil: { ...optionalWhole, select: false },
};

export interface Lease {
	readonly leaseToken: string | null;
	readonly leaseUntil: number | null;
}
