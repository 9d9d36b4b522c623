import { InvalidFieldError } from '../errors';
import { parseEmail } from '../field-parsers';
import { checkTemplate } from '../templates-check';
import { kindOf, parseList, parseObject, parseWord, refuseOthers } from './parse-object';
import type { JsonObject } from './parse-object';
import { parseFlag } from './parse-quantity';
import type { ActionOccasion, ActionSpec } from './rule';

const MAX_ACTIONS = 20;
const TYPES = ['sendEmail', 'storeLog', 'createTask'] as const;
const OCCASIONS = ['fired', 'escalated', 'cleared'] as const satisfies readonly ActionOccasion[];
const DEFAULT_LOG_MESSAGE = '{{rule.name}}{{#vehicle.plate}}: {{vehicle.plate}}{{/vehicle.plate}}';

/**
 * Checks what a rule does when it fires, rises or clears; every text is a template. None is a rule that only keeps its firings.
 * @throws InvalidFieldError with the path of the text that is wrong
 */
export function parseActions(value: unknown, field: string): ActionSpec[] {
	if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return [];
	return parseList(value, field, MAX_ACTIONS).map((action, i) => parseAction(action, `${field}[${i}]`));
}

function parseAction(value: unknown, field: string): ActionSpec {
	const object = parseObject(value, field, '{ "type": "storeLog" }');
	const type = parseWord(object.type, TYPES, `${field}.type`);
	const occasion = parseOccasion(object.on, `${field}.on`);
	const on = occasion === 'fired' ? {} : { on: occasion };
	switch (type) {
		case 'sendEmail':
			refuseOthers(object, ['type', 'on', 'to', 'subject', 'text'], field);
			return {
				type,
				...on,
				to: parseRecipients(object, field),
				subject: requiredText(object, 'subject', field, 'line'),
				text: requiredText(object, 'text', field, 'lines'),
			};
		case 'storeLog':
			refuseOthers(object, ['type', 'on', 'message'], field);
			return { type, ...on, message: parseText(object, 'message', field, 'lines') ?? DEFAULT_LOG_MESSAGE };
		case 'createTask': {
			refuseOthers(object, ['type', 'on', 'title', 'description', 'completeOnClear'], field);
			const title = requiredText(object, 'title', field, 'line');
			const description = parseText(object, 'description', field, 'lines');
			const completeOnClear = parseFlag(object.completeOnClear, `${field}.completeOnClear`, false);
			if (completeOnClear && occasion === 'cleared') throw completedTooLate(`${field}.completeOnClear`);
			return {
				type,
				...on,
				title,
				...(description === null ? {} : { description }),
				...(completeOnClear ? { completeOnClear } : {}),
			};
		}
	}
}

function parseOccasion(value: unknown, field: string): ActionOccasion {
	if (value === undefined || value === null) return 'fired';
	return parseWord(value, OCCASIONS, field, (given) =>
		/^(clear|end)/i.test(given) ? 'cleared' : /^(esc|rise)/i.test(given) ? 'escalated' : null,
	);
}

function completedTooLate(field: string): InvalidFieldError {
	return new InvalidFieldError(
		field,
		`${field} asks to complete a task when the rule clears, but that is when it is created`,
		'Create the task when the rule fires, or leave completeOnClear out.',
	);
}

/** Null when it is left out or empty. */
function parseText(object: JsonObject, name: string, field: string, lines: 'line' | 'lines'): string | null {
	const path = `${field}.${name}`;
	const value = object[name];
	if (value === undefined || value === null) return null;
	if (typeof value !== 'string') {
		throw new InvalidFieldError(
			path,
			`${path} is ${kindOf(value)}, not text`,
			'Give a text; it may have {{fields}} in it.',
		);
	}
	if (value.trim() === '') return null;
	if (lines === 'line' && /[\r\n\u2028\u2029]/.test(value)) {
		throw new InvalidFieldError(path, `${path} has more than one line`, 'Write it on one line.');
	}
	checkTemplate(path, value);
	return value;
}

function requiredText(object: JsonObject, name: string, field: string, lines: 'line' | 'lines'): string {
	const text = parseText(object, name, field, lines);
	if (text !== null) return text;
	throw new InvalidFieldError(
		`${field}.${name}`,
		`${field}.${name} is empty`,
		`Give a text; it may have {{fields}} in it, e.g. "${name === 'to' ? '{{customer.email}}' : '{{vehicle.plate}}: {{rule.name}}'}".`,
	);
}

/** Addresses, separated by commas; those with a field in them are known only when the rule fires. */
function parseRecipients(object: JsonObject, field: string): string {
	const to = requiredText(object, 'to', field, 'line');
	for (const part of to.split(',')) {
		if (!part.includes('{{') && !part.includes('}}')) parseEmail(part.trim(), `${field}.to`);
	}
	return to.trim();
}
