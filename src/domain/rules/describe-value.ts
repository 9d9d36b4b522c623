import { isReference } from './operand';
import type { Aggregate, Comparison, Reference } from './pattern';

/** What something is compared with, in words: `60 mph`, `"on"`, `the recorded speedLimit (or 80) plus 5`. */
export function describeValue(value: Comparison['value'] | Aggregate['value'], unit?: string): string {
	const measured = unit === undefined ? '' : unit === '%' ? ' %' : ` ${unit}`;
	if (Array.isArray(value)) return (value as readonly unknown[]).map(inWords).join(' and ') + measured;
	return isReference(value) ? describeReference(value, measured) : inWords(value) + measured;
}

/** A list to choose from: `"x", 2 or true`. */
export function describeChoice(values: readonly unknown[], unit?: string): string {
	const words = values.map(inWords);
	const last = words.at(-1) ?? 'nothing';
	const choice = words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
	return unit === undefined ? choice : `${choice} ${unit}`;
}

function describeReference(reference: Reference, measured: string): string {
	const { times, plus } = reference;
	const looked =
		'attribute' in reference
			? reference.attribute
			: `the recorded ${reference.record}${reference.default === undefined ? '' : ` (or ${inWords(reference.default)})`}`;
	const factor = times === undefined || times === 1 ? '' : `${times} times `;
	const offset =
		plus === undefined || plus === 0 ? '' : plus > 0 ? ` plus ${plus}` : ` minus ${Math.abs(plus)}`;
	return `${factor}${looked}${offset}${measured === '' ? '' : ` (in${measured})`}`;
}

function inWords(value: unknown): string {
	return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
