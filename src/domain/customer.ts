import type { Attributes } from './attributes';
import { attributesObject, checkedText, parseEmail, required, text } from './field-parsers';
import { sortFields, withAttributes } from './fields';
import type { FieldInput, FieldParsers } from './fields';

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

export const CUSTOMER_PARSERS: FieldParsers<CustomerFields> = {
	externalId: text(100),
	name: required(text(200)),
	email: checkedText(parseEmail),
	phone: text(50),
	attributes: attributesObject,
};

const REFUSED = { id: 'The store gives the id. An id of your own system goes into externalId.' };

/**
 * The fields that `input` names, checked; names that a customer does not have become attributes. Empty text is null.
 * @throws InvalidFieldError
 */
export function parseCustomerFields(input: FieldInput): Partial<CustomerFields> {
	return withAttributes(sortFields(input, CUSTOMER_PARSERS, REFUSED));
}
