import { InvalidFieldError } from '../domain/errors';
import type { Comparison, ComparisonOperator, Pattern } from '../domain/rules/pattern';
import type { ActionSpec, RuleScope } from '../domain/rules/rule';
import { typedList, typedValue } from './typed-value';

export type MatchMode = 'all' | 'any' | 'none';

/** One row of "Conditions", as the editor keeps it: only the fields that its operator shows count. */
export interface ConditionRow {
	/** A name, or the resource locator that holds it. */
	readonly attribute?: unknown;
	readonly operator?: ComparisonOperator;
	readonly value?: unknown;
	readonly low?: unknown;
	readonly high?: unknown;
	readonly values?: unknown;
}

export interface ConditionGroup {
	readonly match?: MatchMode;
	readonly conditions?: { readonly row?: readonly ConditionRow[] };
}

/** One row of "Actions", with the fields of its type. */
export interface ActionRow {
	readonly type?: ActionSpec['type'];
	readonly to?: string;
	readonly subject?: string;
	readonly text?: string;
	readonly message?: string;
	readonly title?: string;
	readonly description?: string;
}

/** What the editor's fields say of a rule; those left out are not given (and so not changed in an update). */
export interface RuleForm {
	readonly name?: string;
	readonly severity?: string;
	readonly enabled?: boolean;
	readonly scope?: RuleScope;
	readonly match?: MatchMode;
	readonly conditions?: readonly ConditionRow[];
	readonly groups?: readonly ConditionGroup[];
	/** Pattern as JSON text or object; counts instead of match, conditions and groups. */
	readonly pattern?: unknown;
	readonly cooldownSeconds?: number;
	readonly actions?: readonly ActionRow[];
}

/**
 * The rule's fields by the names that the domain knows, for its checks to take over from here.
 * @throws InvalidFieldError naming the condition as the editor counts it: the first is 1
 */
export function ruleFromFields(form: RuleForm): Record<string, unknown> {
	const { name, severity, enabled, scope, cooldownSeconds, actions } = form;
	const pattern = form.pattern === undefined ? patternFromRows(form) : parsePattern(form.pattern);
	const given = {
		name,
		severity,
		enabled,
		scope,
		pattern,
		fire: cooldownSeconds === undefined ? undefined : { on: 'edge', cooldownSeconds },
		actions: actions?.map(actionFromRow),
	};
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function patternFromRows({ match = 'all', conditions, groups }: RuleForm): Pattern | undefined {
	if (conditions === undefined && groups === undefined) return undefined;
	const rows = (conditions ?? []).map((row, index) => comparison(row, `Condition ${index + 1}`));
	const nested = (groups ?? []).map((group, index) => {
		const inGroup = group.conditions?.row ?? [];
		const name = `Group ${index + 1}`;
		if (inGroup.length === 0) throw noConditions('groups', `${name} has no condition`);
		return joined(
			group.match ?? 'all',
			inGroup.map((row, position) => comparison(row, `${name}, condition ${position + 1}`)),
		);
	});
	if (rows.length + nested.length === 0) throw noConditions('conditions', 'The rule has no condition');
	return joined(match, [...rows, ...nested]);
}

function noConditions(field: string, message: string): InvalidFieldError {
	return new InvalidFieldError(
		field,
		message,
		'Add a condition: an attribute, how it compares, and a value.',
	);
}

/** A lone part needs no list around it. */
function joined(match: MatchMode, parts: readonly Pattern[]): Pattern {
	const [only] = parts;
	const isLone = only !== undefined && parts.length === 1;
	if (match === 'none') return { not: isLone ? only : { any: parts } };
	if (isLone) return only;
	return match === 'all' ? { all: parts } : { any: parts };
}

function comparison(row: ConditionRow, where: string): Comparison {
	const attribute = attributeName(row.attribute);
	const operator = row.operator ?? 'eq';
	if (attribute === '') {
		throw new InvalidFieldError(
			'conditions',
			`${where} has no attribute`,
			'Choose an attribute from the list, or enter its name.',
		);
	}
	switch (operator) {
		case 'exists':
		case 'missing':
			return { attribute, operator };
		case 'between':
			return { attribute, operator, value: [number(row.low, where), number(row.high, where)] };
		case 'in':
			return { attribute, operator, value: given(typedList(row.values), where) };
		case 'lt':
		case 'lte':
		case 'gt':
		case 'gte':
			return { attribute, operator, value: number(row.value, where) };
		case 'contains':
			return { attribute, operator, value: given(asText(row.value), where) };
		default:
			return { attribute, operator, value: given(typedValue(row.value), where) };
	}
}

/** `contains` looks for text, digits included. */
function asText(entered: unknown): string {
	return typeof entered === 'string' ? entered.trim() : String(typedValue(entered));
}

function attributeName(entered: unknown): string {
	const isLocator = typeof entered === 'object' && entered !== null && 'value' in entered;
	const name = isLocator ? entered.value : entered;
	return typeof name === 'string' ? name.trim() : '';
}

function number(entered: unknown, where: string): number {
	const value = given(typedValue(entered), where);
	if (typeof value === 'number') return value;
	throw new InvalidFieldError(
		'conditions',
		`${where} compares with '${value}', which is not a number`,
		'Enter a number with a point for decimals, e.g. 12.5, without a unit.',
	);
}

function given<T extends { readonly length?: number } | number | boolean>(value: T, where: string): T {
	if (typeof value !== 'object' && typeof value !== 'string') return value;
	if (value.length !== 0) return value;
	throw new InvalidFieldError(
		'conditions',
		`${where} has no value to compare with`,
		'Enter a value, or use "Has Been Reported" or "Has Never Been Reported", which need none.',
	);
}

function actionFromRow(row: ActionRow): Record<string, unknown> {
	switch (row.type) {
		case 'sendEmail':
			return { type: row.type, to: row.to ?? '', subject: row.subject ?? '', text: row.text ?? '' };
		case 'createTask':
			return {
				type: row.type,
				title: row.title ?? '',
				...(row.description?.trim() ? { description: row.description } : {}),
			};
		default:
			return { type: row.type ?? 'storeLog', message: row.message ?? '' };
	}
}

function parsePattern(entered: unknown): unknown {
	if (typeof entered !== 'string') return entered;
	try {
		return JSON.parse(entered);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		return failPattern(reason);
	}
}

function failPattern(reason: string): never {
	throw new InvalidFieldError(
		'pattern',
		`Pattern (JSON) cannot be read: ${reason}`,
		'Give e.g. { "attribute": "fuelLevel", "operator": "lt", "value": 15 }, or remove the option.',
	);
}
