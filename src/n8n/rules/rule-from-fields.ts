import { InvalidFieldError } from '../../domain/errors';
import type { Pattern } from '../../domain/rules/pattern';
import { noAttribute, patternsIn, scheduleIn } from './condition-from-row';
import { optionalNumber } from './entered-values';
import { groupsOf, joined, noConditions, type Groups } from './pattern-from-form';
import { placed } from './places';
import { parseRef } from '../record-ref';
import { PART_OF_CLEAR, type ActionRow, type EscalationRow, type RuleForm } from './rule-form';

/**
 * The rule that the editor's fields say, by the names that the domain knows, for its checks to take over from here;
 * parts whose fields are left out are left out. `inEditorWords` names the fields in what those checks say.
 * @throws InvalidFieldError naming the condition as the editor counts it: the first is 1
 */
export function ruleFromFields(form: RuleForm): Record<string, unknown> {
	const { name, severity, actions, options = {} } = form;
	const groups = groupsOf(form);
	const given = {
		name,
		severity,
		enabled: options.enabled,
		scope: scopeOf(form),
		pattern: options.pattern === undefined ? patternOf(form, groups) : parsePattern(options.pattern),
		maxGapSeconds: optionalNumber(options.maxGapSeconds),
		clear: clearOf(form, groups),
		escalations: escalationsOf(form, groups),
		fire: fireOf(form),
		actions:
			actions &&
			(actions.action ?? []).map((row, index) => placed(actionFromRow(row), `Action ${index + 1}`)),
	};
	return withoutUndefined(given);
}

function withoutUndefined(given: object): Record<string, unknown> {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function scopeOf({ watches, customer, vehicle }: RuleForm): object | undefined {
	if (watches === 'customer') return { vehicles: watches, customerId: idIn('customer', customer) };
	if (watches === 'vehicle') return { vehicles: watches, vehicleId: idIn('vehicle', vehicle) };
	return watches && { vehicles: watches };
}

function idIn(field: string, locator: unknown): number | undefined {
	const ref = parseRef(field, locator);
	return ref !== null && 'id' in ref ? ref.id : undefined;
}

function patternOf(form: RuleForm, groups: Groups): Pattern | undefined {
	if (form.conditions === undefined && form.groups === undefined) return undefined;
	const parts = [...patternsIn(form.conditions), ...groups.within('')];
	if (parts.length === 0) {
		const isUnfilled = (form.conditions?.row ?? []).length > 0;
		throw isUnfilled ? noAttribute('Condition 1') : noConditions('conditions', 'The rule has no condition');
	}
	return joined(form.match ?? 'all', parts, 'Conditions');
}

function clearOf({ clear, options = {} }: RuleForm, groups: Groups): Pattern | undefined {
	const parts = [...patternsIn(clear, 'Clear When'), ...groups.within(PART_OF_CLEAR)];
	return parts.length === 0 ? undefined : joined(options.clearMatch ?? 'all', parts, 'Clear When');
}

function escalationsOf({ escalations }: RuleForm, groups: Groups): object[] | undefined {
	const steps = escalations?.step ?? [];
	if (steps.length === 0) return undefined;
	return steps.map((step, index) => {
		const place = `Escalation ${index + 1}`;
		return placed(escalation(step, groups, place), place);
	});
}

function escalation(
	{ severity, by, afterSeconds, group }: EscalationRow,
	groups: Groups,
	place: string,
): object {
	if (by === 'group') return { severity, when: groups.named(group?.trim() ?? '', place) };
	return { severity, afterSeconds: optionalNumber(afterSeconds) ?? 0 };
}

function fireOf({ cooldownSeconds, options = {} }: RuleForm): object | undefined {
	const hours = options.quietHours?.hours;
	const more = withoutUndefined({
		clearAfterSeconds: optionalNumber(options.clearAfterSeconds),
		maxPerDay: optionalNumber(options.maxPerDay),
		remindEverySeconds: optionalNumber(options.remindEverySeconds),
		quietHours: hours && scheduleIn(hours),
		timeZone: options.timeZone?.trim() || undefined,
	});
	if (cooldownSeconds === undefined && options.on === undefined && Object.keys(more).length === 0)
		return undefined;
	return { on: options.on ?? 'edge', cooldownSeconds: optionalNumber(cooldownSeconds) ?? 0, ...more };
}

function actionFromRow(row: ActionRow): object {
	const on = row.on === undefined || row.on === 'fired' ? {} : { on: row.on };
	switch (row.type) {
		case 'sendEmail':
			return { type: row.type, ...on, to: row.to ?? '', subject: row.subject ?? '', text: row.text ?? '' };
		case 'createTask':
			return {
				type: row.type,
				...on,
				title: row.title ?? '',
				...(row.description?.trim() ? { description: row.description } : {}),
				...(row.completeOnClear === true ? { completeOnClear: true } : {}),
			};
		default:
			return { type: row.type ?? 'storeLog', ...on, message: row.message ?? '' };
	}
}

function parsePattern(entered: unknown): unknown {
	if (typeof entered !== 'string') return entered;
	try {
		return JSON.parse(entered);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new InvalidFieldError(
			'pattern',
			`Pattern (JSON) cannot be read: ${reason}`,
			'Give e.g. { "attribute": "fuelLevel", "operator": "lt", "value": 15 }, or remove the option.',
		);
	}
}
