import { InvalidFieldError } from '../../domain/errors';

/** Where the editor shows what a part of a rule was made of, e.g. `Condition 2`. */
const places = new WeakMap<object, string>();

export function placed<T extends object>(part: T, place: string): T {
	places.set(part, place);
	return part;
}

const LABELS: Readonly<Record<string, string>> = {
	name: 'Name',
	severity: 'Severity',
	attribute: 'Attribute',
	operator: 'Comparison',
	value: 'Value',
	unit: 'Unit',
	forSeconds: 'For (Seconds)',
	withinSeconds: 'Within (Seconds)',
	times: 'Times',
	plus: 'Plus',
	record: 'Entered Attribute',
	default: 'Value if None Is Entered',
	geofence: 'Geofence',
	tag: 'Tag',
	days: 'Days',
	from: 'From',
	to: 'To',
	onDates: 'Only on Dates',
	notOnDates: 'Not on Dates',
	timeZone: 'Time Zone',
	maxGapSeconds: 'Longest Gap (Seconds)',
	cooldownSeconds: 'Cooldown (Seconds)',
	clearAfterSeconds: 'Clear After (Seconds)',
	maxPerDay: 'Most per Day',
	remindEverySeconds: 'Remind Every (Seconds)',
	quietHours: 'Quiet Hours',
	afterSeconds: 'After (Seconds)',
	subject: 'Subject',
	text: 'Text',
	message: 'Message',
	title: 'Title',
	description: 'Description',
};

/**
 * The field of the editor that a dotted path of the rule stands for, e.g. `Condition 2: Value` for
 * `pattern.all[1].value`; null for one that no field made.
 */
export function fieldAt(rule: unknown, path: string): string | null {
	let part: unknown = rule;
	let place: string | null = null;
	let label: string | null = null;
	for (const step of path.match(/[^.[\]]+/g) ?? []) {
		part = typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[step] : undefined;
		const here = typeof part === 'object' && part !== null ? places.get(part) : undefined;
		if (here !== undefined) label = null;
		place = here ?? place;
		// Numbers count the entries of a list, which its own field shows as one.
		if (here === undefined) label = LABELS[step] ?? label;
	}
	return [place, label].filter(Boolean).join(': ') || null;
}

/** The error in the editor's words, when it names a part of `rule` by its path. */
export function inEditorWords(rule: unknown, error: unknown): unknown {
	if (!(error instanceof InvalidFieldError)) return error;
	const field = fieldAt(rule, error.field);
	if (field === null || error.field === '') return error;
	const rest = error.message.split(error.field).join(field);
	const message = rest.includes(field) ? rest : `${field}: ${rest}`;
	return new InvalidFieldError(error.field, message, error.hint);
}
