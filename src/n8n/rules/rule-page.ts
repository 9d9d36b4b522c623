import type { INodePropertyOptions } from 'n8n-workflow';
import { OPERATORS } from '../descriptions/rule-operators';
import { nameIn } from './entered-values';
import type { ActionRow, ConditionRow, Conditions, RuleForm } from './rule-form';

/** What a person has entered on the form page, or what it is filled in with, by the names of its fields. */
export type PageValues = Readonly<Record<string, unknown>>;

/** Conditions that a block of the page shows; of more the last are kept as they are. */
const MAX_BLOCKS = 8;
const SPARE_BLOCKS = 2;
const PLAIN = ['attribute', 'operator', 'value', 'low', 'high', 'values', 'forSeconds'];

export const KEEP = 'Keep them';
export const WATCHES = {
	all: 'All vehicles',
	customer: 'Vehicles of a customer',
	vehicle: 'One vehicle',
	tasks: 'Vehicles of open tasks',
} as const;
export const MATCHES = {
	all: 'All conditions',
	any: 'Any condition',
	none: 'None of the conditions',
} as const;

/** A rule's conditions, as far as blocks of the page can show them, and what they cannot. */
export function splitConditions({ conditions = {}, groups }: RuleForm): {
	blocks: readonly ConditionRow[];
	kept: Pick<RuleForm, 'conditions' | 'groups'>;
	keepsSome: boolean;
} {
	const rows = conditions.row ?? [];
	const blocks = rows.filter(isPlain).slice(0, MAX_BLOCKS);
	const others = rows.filter((row) => !blocks.includes(row));
	const kept: Conditions = { ...conditions, row: others };
	const isEmpty = Object.values(kept).every((list: readonly unknown[] | undefined) => !list?.length);
	return {
		blocks,
		kept: { conditions: kept, groups },
		keepsSome: !isEmpty || (groups?.group ?? []).length > 0,
	};
}

function isPlain(row: ConditionRow): boolean {
	return Object.keys(row).every((name) => PLAIN.includes(name));
}

/** Minutes on the page are seconds in the rule. */
const minutes = (seconds: unknown) => (seconds ? Number(seconds) / 60 : '');

/** What the page is filled in with; of no rule, what a new one begins with. */
export function pageValues(form: RuleForm): Record<string, unknown> {
	const { options = {} } = form;
	const { blocks } = splitConditions(form);
	const email = actionOf(form, 'sendEmail');
	return {
		name: form.name ?? '',
		severity: form.severity ?? 'warning',
		watches: WATCHES[form.watches ?? 'all'],
		watched: nameIn(form.customer ?? form.vehicle ?? ''),
		match: MATCHES[form.match ?? 'all'],
		...Object.fromEntries(blocks.flatMap(blockValues)),
		others: KEEP,
		cooldown: minutes(form.cooldownSeconds),
		remind: minutes(options.remindEverySeconds),
		maxPerDay: options.maxPerDay ?? '',
		emailTo: email?.to ?? '',
		emailSubject: email?.subject ?? '',
		emailText: email?.text ?? '',
		logMessage: actionOf(form, 'storeLog')?.message ?? '',
		taskTitle: actionOf(form, 'createTask')?.title ?? '',
	};
}

function blockValues(row: ConditionRow, index: number): (readonly [string, unknown])[] {
	const operator = OPERATORS.find(({ value }) => value === row.operator)?.name ?? '';
	const value =
		row.operator === 'between' ? `${String(row.low)} to ${String(row.high)}` : (row.values ?? row.value);
	return [
		[`attribute${index + 1}`, nameIn(row.attribute)],
		[`operator${index + 1}`, operator],
		[`value${index + 1}`, value ?? ''],
		[`minutes${index + 1}`, minutes(row.forSeconds)],
	];
}

/** The first action of a type that follows the firing itself: the one that the page shows. */
export function actionOf({ actions }: RuleForm, type: ActionRow['type']): ActionRow | undefined {
	return actions?.action?.find((row) => row.type === type && (row.on ?? 'fired') === 'fired');
}

export interface PageSurroundings {
	readonly attributes: readonly INodePropertyOptions[];
	/** The rule as it is now, in words; null for a new one. */
	readonly sentence: string | null;
	/** Whether it has conditions that the page cannot show. */
	readonly keepsSome: boolean;
	/** What is wrong with what was entered. */
	readonly problem: string | null;
	/** Empty for a new rule. */
	readonly ruleId: string;
	/** The one that a new rule began with; empty for none. */
	readonly template: string;
}

/** The fields of the page as n8n's form takes them. */
export function pageFields(
	values: PageValues,
	{ attributes, sentence, keepsSome, problem, ruleId, template }: PageSurroundings,
): object[] {
	const filled = Object.keys(values).filter((name) => /^attribute\d+$/.test(name) && values[name]);
	const last = Math.max(0, ...filled.map((name) => Number(name.slice('attribute'.length))));
	const count = Math.min(MAX_BLOCKS, Math.max(3, last + SPARE_BLOCKS));
	const text = (fieldLabel: string, fieldName: string, more: object = {}) => ({
		fieldLabel,
		fieldName,
		fieldType: 'text',
		defaultValue: enteredText(values[fieldName]),
		...more,
	});
	const number = (label: string, name: string) => text(label, name, { fieldType: 'number' });
	const choice = (label: string, name: string, options: readonly string[], more: object = {}) =>
		text(label, name, {
			fieldType: 'dropdown',
			fieldOptions: { values: options.map((option) => ({ option })) },
			...more,
		});
	const heading = (html: string) => ({ fieldType: 'html', html: `${html}<br>`, elementName: '' });
	const shownAttribute = (name: unknown) =>
		attributes.find(({ value }) => value === name)?.name ?? nameIn(name);

	const block = (index: number) => {
		const names = attributes.map(({ name }) => name);
		const chosen = shownAttribute(values[`attribute${index}`]);
		const offered = chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
		const label = `Condition ${index}`;
		return [
			choice(`${label}: attribute`, `attribute${index}`, offered, { defaultValue: chosen }),
			choice(
				`${label}: comparison`,
				`operator${index}`,
				OPERATORS.map(({ name }) => name),
			),
			text(`${label}: value`, `value${index}`, {
				placeholder: 'e.g. 15; between: 15 to 30; one of: idle, off',
			}),
			number(`${label}: for (minutes)`, `minutes${index}`),
		];
	};
	return [
		...(problem === null ? [] : [heading(`<h3>Not saved</h3><p>${escaped(problem)}</p>`)]),
		...(sentence === null ? [] : [heading(`<h3>As it is now</h3><p>${escaped(sentence)}</p>`)]),
		text('Name', 'name', { requiredField: true, placeholder: 'e.g. Low fuel' }),
		choice('Severity', 'severity', ['info', 'warning', 'critical'], { requiredField: true }),
		choice('Watches', 'watches', Object.values(WATCHES), { requiredField: true }),
		text('Which customer or vehicle', 'watched', {
			placeholder: 'External ID, VIN, plate or the number of the record',
		}),
		heading('<h3>Conditions</h3><p>Blocks without an attribute do not count.</p>'),
		choice('Match', 'match', Object.values(MATCHES), { requiredField: true }),
		...Array.from({ length: count }, (_, index) => block(index + 1)).flat(),
		...(!keepsSome
			? []
			: [
					heading(
						'<h3>Further conditions</h3><p>The rule has conditions that this page cannot show: see its words above.</p>',
					),
					choice('Further conditions', 'others', [KEEP, 'Remove them'], { requiredField: true }),
				]),
		heading('<h3>When it fires</h3><p>What is left empty is not done.</p>'),
		number('Quiet after firing (minutes)', 'cooldown'),
		number('Remind every (minutes)', 'remind'),
		number('Most per day', 'maxPerDay'),
		text('Email to', 'emailTo', { placeholder: 'e.g. dispatch@example.com' }),
		text('Email subject', 'emailSubject', { placeholder: 'e.g. {{vehicle.plate}}: {{rule.name}}' }),
		text('Email text', 'emailText', { fieldType: 'textarea' }),
		text('Log entry', 'logMessage', { placeholder: 'e.g. {{vehicle.plate}}: {{rule.name}}' }),
		text('Task title', 'taskTitle', { placeholder: 'e.g. Refuel {{vehicle.plate}}' }),
		heading('<h3>Try it</h3><p>The last page tells whether this vehicle meets the rule now.</p>'),
		text('Vehicle to test against', 'testVehicle', { placeholder: 'VIN, plate or external ID' }),
		{ fieldType: 'hiddenField', fieldName: 'ruleId', fieldValue: ruleId },
		{ fieldType: 'hiddenField', fieldName: 'template', fieldValue: template },
	];
}

const enteredText = (value: unknown) => (value === true || value === false ? String(value) : nameIn(value));

/** n8n shows it as HTML. */
export const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
