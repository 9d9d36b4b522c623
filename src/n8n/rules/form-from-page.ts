import { OPERATORS } from '../descriptions/rule-operators';
import { isBlank, nameIn } from './entered-values';
import type { ActionRow, ConditionRow, RuleForm } from './rule-form';
import { actionOf, KEEP, MATCHES, WATCHES, splitConditions, type PageValues } from './rule-page';

/** The rule that the page says. What it does not show of `present` stays as it is. */
export function formFromPage(values: PageValues, present: RuleForm): RuleForm {
	const { kept, keepsSome } = splitConditions(present);
	const keeps = keepsSome && (isBlank(values.others) || values.others === KEEP);
	const watches = keyOf(WATCHES, values.watches) ?? 'all';
	return {
		...present,
		name: nameIn(values.name),
		severity: nameIn(values.severity) || 'warning',
		watches,
		...(watches === 'customer' || watches === 'vehicle' ? { [watches]: nameIn(values.watched) } : {}),
		match: keyOf(MATCHES, values.match) ?? 'all',
		conditions: keeps
			? { ...kept.conditions, row: [...rowsIn(values), ...(kept.conditions?.row ?? [])] }
			: { row: rowsIn(values) },
		groups: keeps ? kept.groups : groupsElsewhere(present),
		clear: present.clear,
		escalations: present.escalations,
		cooldownSeconds: seconds(values.cooldown) ?? 0,
		options: {
			...present.options,
			remindEverySeconds: seconds(values.remind),
			maxPerDay: isBlank(values.maxPerDay) ? undefined : values.maxPerDay,
		},
		actions: { action: actionsIn(values, present) },
	};
}

/** Groups on which something else depends outlive the conditions. */
function groupsElsewhere({ groups, escalations }: RuleForm): RuleForm['groups'] {
	const isNeeded = (escalations?.step ?? []).some(({ by }) => by === 'group');
	const group = (groups?.group ?? []).filter(({ partOf }) => (partOf ?? '') !== '' || isNeeded);
	return { group };
}

/** A block that says nothing keeps its number, so that errors name the block as the page does. */
function rowsIn(values: PageValues): ConditionRow[] {
	const numbers = Object.keys(values).flatMap((name) => /^attribute(\d)$/.exec(name)?.[1] ?? []);
	return Array.from({ length: Math.max(0, ...numbers.map(Number)) }, (_, index) => {
		const at = index + 1;
		// The list shows each attribute with its last value behind its name.
		const attribute = nameIn(values[`attribute${at}`]).replace(/ \(last: .*\)$/s, '');
		if (attribute === '') return {};
		const operator = OPERATORS.find(({ name }) => name === values[`operator${at}`])?.value ?? 'eq';
		const forSeconds = seconds(values[`minutes${at}`]);
		return {
			attribute,
			operator,
			...valueFields(operator, values[`value${at}`]),
			...(forSeconds === undefined ? {} : { forSeconds }),
		};
	});
}

function valueFields(operator: ConditionRow['operator'], value: unknown): ConditionRow {
	if (operator === 'in') return { values: value };
	if (operator !== 'between') return { value };
	const [low, high] = nameIn(value).split(/\s+(?:to|and)\s+|\s*(?:\.\.|;|,)\s*/);
	return { low, high };
}

function actionsIn(values: PageValues, present: RuleForm): ActionRow[] {
	const entered: ActionRow[] = [
		{
			type: 'sendEmail',
			to: nameIn(values.emailTo),
			subject: nameIn(values.emailSubject),
			text: nameIn(values.emailText),
		},
		{ type: 'storeLog', message: nameIn(values.logMessage) },
		{ type: 'createTask', title: nameIn(values.taskTitle) },
	];
	const shown = entered.map((row) => {
		const said = Object.entries(row).some(([name, text]) => name !== 'type' && text !== '');
		return { before: actionOf(present, row.type), after: said ? row : null };
	});
	const others = (present.actions?.action ?? []).flatMap((row) => {
		const replaced = shown.find(({ before }) => before === row);
		if (replaced === undefined) return [row];
		return replaced.after === null ? [] : [{ ...row, ...replaced.after }];
	});
	const added = shown.flatMap(({ before, after }) => (before === undefined && after !== null ? [after] : []));
	return [...others, ...added];
}

function seconds(minutes: unknown): number | undefined {
	return isBlank(minutes) || Number(minutes) === 0 ? undefined : Math.round(Number(minutes) * 60);
}

function keyOf<K extends string>(texts: Readonly<Record<K, string>>, text: unknown): K | undefined {
	return (Object.keys(texts) as K[]).find((key) => texts[key] === text || key === text);
}
