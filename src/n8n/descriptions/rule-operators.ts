import type { INodePropertyOptions } from 'n8n-workflow';
import type { ChangeOperator, ComparisonOperator } from '../../domain/rules/pattern';

type Operator = ComparisonOperator | ChangeOperator;

/** What a condition can say of an attribute, in the words of the editor and of the form pages. */
export const OPERATORS: readonly (INodePropertyOptions & { readonly value: Operator })[] = [
	{ name: 'Is Equal To', value: 'eq' },
	{ name: 'Is Not Equal To', value: 'ne' },
	{ name: 'Is Less Than', value: 'lt' },
	{ name: 'Is at Most', value: 'lte' },
	{ name: 'Is Greater Than', value: 'gt' },
	{ name: 'Is at Least', value: 'gte' },
	{ name: 'Is Between', value: 'between' },
	{ name: 'Is One Of', value: 'in' },
	{ name: 'Contains Text', value: 'contains' },
	{ name: 'Matches Regular Expression', value: 'matches' },
	{ name: 'Is a Date Within Days', value: 'withinDays', description: 'At most so many days ahead, or past' },
	{ name: 'Has Been Reported', value: 'exists' },
	{ name: 'Has Never Been Reported', value: 'missing' },
	{ name: 'Changes', value: 'changed', description: 'Differs from the report before' },
	{ name: 'Changes To', value: 'changedTo' },
	{ name: 'Increases by at Least', value: 'increasedBy', description: 'From one report to the next' },
	{ name: 'Decreases by at Least', value: 'decreasedBy', description: 'From one report to the next' },
	{ name: 'Rises Above', value: 'crossesAbove', description: 'Was at most the value, and now is more' },
	{ name: 'Falls Below', value: 'crossesBelow', description: 'Was at least the value, and now is less' },
	{ name: 'Rises per Minute by at Least', value: 'risesPerMinute' },
	{ name: 'Falls per Minute by at Least', value: 'fallsPerMinute' },
];

const WITHOUT_VALUE: readonly Operator[] = ['exists', 'missing', 'changed'];
const WITH_A_LIST: readonly Operator[] = ['between', 'in'];

/** Those that take the one field "Value". */
export const VALUE_OPERATORS: Operator[] = OPERATORS.map(({ value }) => value).filter(
	(operator) => ![...WITHOUT_VALUE, ...WITH_A_LIST, 'withinDays'].includes(operator),
);

/** Those whose value may be looked up when the rule is evaluated. */
export const REFERENCE_OPERATORS: Operator[] = OPERATORS.map(({ value }) => value).filter(
	(operator) => ![...WITHOUT_VALUE, ...WITH_A_LIST, 'matches'].includes(operator),
);

/** Those whose value may be of another unit. */
export const UNIT_OPERATORS: Operator[] = OPERATORS.map(({ value }) => value).filter(
	(operator) => ![...WITHOUT_VALUE, 'in', 'contains', 'matches', 'withinDays'].includes(operator),
);
