import { InvalidFieldError } from '../../domain/errors';
import { geofencePattern } from '../../domain/rules/parse-geofence-pattern';
import type {
	Aggregate,
	Change,
	Comparison,
	ComparisonOperator,
	ChangeOperator,
	GeofencePattern,
	GeofenceRef,
	Pattern,
	Reference,
	Schedule,
} from '../../domain/rules/pattern';
import { isBlank, listIn, nameIn, numberIn, optionalNumber, textIn, valueIn } from './entered-values';
import { placed } from './places';
import type {
	AbsenceRow,
	ConditionRow,
	Conditions,
	GeofenceRow,
	ScheduleFields,
	ScheduleRow,
	WindowRow,
} from './rule-form';

/** The kinds of conditions, by the names under which a list keeps them, in the order in which they count. */
const KINDS: {
	readonly [K in keyof Required<Conditions>]: {
		readonly title: string;
		readonly read: (row: NonNullable<Conditions[K]>[number], place: string) => Pattern;
	};
} = {
	row: { title: 'Condition', read: compared },
	geofence: { title: 'Geofence', read: geofence },
	silence: { title: 'No Report', read: silence },
	window: { title: 'Time Window', read: window },
	schedule: { title: 'Schedule', read: (row: ScheduleRow) => ({ schedule: scheduleIn(row) }) },
};

/**
 * The conditions of a list as patterns. `owner` comes before each one's name in errors, e.g. `Group 2, `.
 * @throws InvalidFieldError naming the condition as the editor counts it: the first of each kind is 1
 */
export function patternsIn(conditions: Conditions | undefined, owner = ''): Pattern[] {
	const all = (Object.keys(KINDS) as (keyof Conditions)[]).map((kind) => ofKind(kind, conditions, owner));
	return all.flat();
}

function ofKind<K extends keyof Conditions>(kind: K, conditions: Conditions | undefined, owner: string) {
	const { title, read } = KINDS[kind];
	const rows = (conditions?.[kind] ?? []) as NonNullable<Conditions[K]>[number][];
	return rows.flatMap((row, index) => {
		if (kind === 'row' && isUntouched(row)) return [];
		const place = owner === '' ? `${title} ${index + 1}` : `${owner}, ${title.toLowerCase()} ${index + 1}`;
		const pattern = placed(read(row, place), place);
		return lasting(row.negate === true ? placed({ not: pattern }, place) : pattern, row, place);
	});
}

/** The row with which the editor fills an empty list says nothing. */
function isUntouched({ attribute, operator = 'lt', value, other }: ConditionRow): boolean {
	return operator === 'lt' && nameIn(attribute) === '' && isBlank(value) && nameIn(other) === '';
}

/** Adds how long, and how often, something has to be so. */
export function lasting(
	pattern: Pattern,
	{
		forSeconds,
		times,
		withinSeconds,
		countReports,
	}: { [K in 'forSeconds' | 'times' | 'withinSeconds']?: unknown } & {
		countReports?: boolean;
	},
	place: string,
): Pattern {
	const seconds = optionalNumber(forSeconds);
	const held = seconds === undefined ? pattern : placed({ holds: pattern, forSeconds: seconds }, place);
	const count = optionalNumber(times);
	if (count === undefined) return held;
	const window = optionalNumber(withinSeconds);
	if (window === undefined) {
		throw new InvalidFieldError(
			'conditions',
			`${place} counts times, but not within what time`,
			'Enter "Within (Seconds)", too, e.g. 3600 for an hour.',
		);
	}
	const of = countReports === true ? { of: 'reports' as const } : {};
	return placed({ count: held, times: count, withinSeconds: window, ...of }, place);
}

function compared(row: ConditionRow, place: string): Comparison | Change {
	const attribute = nameIn(row.attribute);
	if (attribute === '') throw noAttribute(place);
	const operator = row.operator ?? 'eq';
	const of = row.entered === true ? { of: 'record' as const } : {};
	const base = { attribute, ...of, operator } as Comparison | Change;
	if (operator === 'exists' || operator === 'missing' || operator === 'changed') return base;
	return { ...base, value: operand({ ...row, operator }, place), ...unitOf(row) } as Comparison | Change;
}

const unitOf = ({ unit }: { readonly unit?: string }) => (unit ? { unit } : {});

function operand(
	row: Omit<ConditionRow, 'operator'> & { operator: ComparisonOperator | ChangeOperator },
	place: string,
): Comparison['value'] {
	const reference = referenceIn(row, place);
	switch (row.operator) {
		case 'between':
			return [numberIn(row.low, place), numberIn(row.high, place)];
		case 'in':
			return listIn(row.values, place);
		case 'contains':
		case 'matches':
			return reference ?? textIn(row.value, place);
		case 'eq':
		case 'ne':
		case 'changedTo':
			return reference ?? valueIn(row.value, place);
		default:
			return reference ?? numberIn(row.value, place);
	}
}

function referenceIn(row: ConditionRow | WindowRow, place: string): Reference | null {
	if (row.compareWith !== 'attribute' && row.compareWith !== 'record') return null;
	const name = nameIn(row.other);
	if (name === '') {
		throw new InvalidFieldError(
			'conditions',
			`${place} does not say which attribute it is compared with`,
			'Enter the name of the other attribute under "Other Attribute".',
		);
	}
	const factor = isBlank(row.factor) ? 1 : numberIn(row.factor, place);
	const plus = isBlank(row.plus) ? 0 : numberIn(row.plus, place);
	const sum = { ...(factor === 1 ? {} : { times: factor }), ...(plus === 0 ? {} : { plus }) };
	if (row.compareWith === 'attribute') return { attribute: name, ...sum };
	return {
		record: name,
		...(isBlank(row.otherDefault) ? {} : { default: valueIn(row.otherDefault, place) }),
		...sum,
	};
}

function geofence(row: GeofenceRow, place: string): GeofencePattern {
	const ref = fenceIn(row, place);
	const { where = 'inside' } = row;
	if (where !== 'dwells') return geofencePattern(where, ref);
	return { dwells: { ...ref, forSeconds: numberIn(row.dwellSeconds, place) } };
}

function fenceIn(row: GeofenceRow, place: string): GeofenceRef {
	const isTag = row.by === 'tag';
	const name = nameIn(isTag ? row.tag : row.geofence);
	if (name !== '') return isTag ? { tag: name } : { geofence: name };
	throw new InvalidFieldError(
		'conditions',
		`${place} has no ${isTag ? 'tag' : 'geofence'}`,
		`Choose a ${isTag ? 'tag' : 'geofence'} from the list, or enter its name.`,
	);
}

function silence(row: AbsenceRow, place: string): Pattern {
	const attribute = nameIn(row.attribute);
	const forSeconds = numberIn(row.silentSeconds, place);
	return { absent: { ...(attribute === '' ? {} : { attribute }), forSeconds } };
}

function window(row: WindowRow, place: string): Aggregate {
	const aggregate = row.aggregate ?? 'average';
	const attribute = nameIn(row.attribute);
	if (attribute === '' && aggregate !== 'distance') throw noAttribute(place);
	const operator = (row.operator ?? 'gt') as Aggregate['operator'];
	return {
		aggregate,
		...(aggregate === 'distance' ? {} : { attribute }),
		withinSeconds: numberIn(row.overSeconds, place),
		operator,
		value: operand({ ...row, operator }, place) as Aggregate['value'],
		...unitOf(row),
	};
}

/** Only what was entered; days and dates may be separated by commas. */
export function scheduleIn({ days, from, to, onDates, notOnDates, timeZone }: ScheduleFields): Schedule {
	return {
		...(isBlank(days) || days?.length === 0 ? {} : { days: words(days) as Schedule['days'] }),
		...(isBlank(from) ? {} : { from: from?.trim() }),
		...(isBlank(to) ? {} : { to: to?.trim() }),
		...(isBlank(onDates) ? {} : { onDates: words(onDates) }),
		...(isBlank(notOnDates) ? {} : { notOnDates: words(notOnDates) }),
		...(isBlank(timeZone) ? {} : { timeZone: timeZone?.trim() }),
	};
}

function words(entered: unknown): readonly string[] {
	if (Array.isArray(entered)) return entered as string[];
	return String(entered)
		.split(/[\s,;]+/)
		.filter(Boolean);
}

export function noAttribute(place: string): InvalidFieldError {
	return new InvalidFieldError(
		'conditions',
		`${place} has no attribute`,
		'Choose an attribute from the list, or enter its name.',
	);
}
