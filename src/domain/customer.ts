import type { Attributes } from './attributes';

/** Times of records are milliseconds since the Unix epoch, UTC, throughout `src/`. */
export interface Customer {
	readonly id: number;
	/** The id that the operator's own system gives the customer; unique when set. */
	readonly externalId: string | null;
	readonly name: string;
	readonly email: string | null;
	readonly phone: string | null;
	readonly attributes: Attributes;
	readonly createdAt: number;
	readonly updatedAt: number;
}

export type CustomerFields = Omit<Customer, 'id' | 'createdAt' | 'updatedAt'>;
