import { DateTime } from 'luxon';
import { InvalidFieldError } from './errors';
import { IllegalTaskTransitionError, moveTask, parseTaskFields } from './task';

const AT = Date.UTC(2026, 2, 31, 14);

function hintOf(run: () => unknown): string {
	try {
		run();
	} catch (error) {
		if (error instanceof InvalidFieldError) return error.hint;
	}
	throw new Error('nothing was refused');
}

describe('parseTaskFields', () => {
	it.each([
		['2026-03-31T14:00:00Z'],
		['2026-03-31T16:00:00+02:00'],
		['2026-03-31T14:00'],
		[AT],
		[String(AT)],
		[new Date(AT)],
		[DateTime.fromMillis(AT)],
	])('reads the due time %p', (dueAt) => {
		expect(parseTaskFields({ dueAt })).toEqual({ dueAt: AT });
	});

	it('keeps the lines of a description and takes ids as text too', () => {
		expect(
			parseTaskFields({
				title: ' Wash ',
				description: 'in\nout',
				vehicleId: '7',
				customerId: null,
				dueAt: '',
			}),
		).toEqual({ title: 'Wash', description: 'in\nout', vehicleId: 7, customerId: null, dueAt: null });
	});

	it.each([
		[{ dueAt: 'tomorrow' }, /'tomorrow' in dueAt is no date/],
		[{ dueAt: 1_774_965_600 }, /not between/],
		[{ dueAt: '2026-02-30' }, /no date/],
		[{ dueAt: new Date(Number.NaN) }, /no date/],
		[{ vehicleId: 0 }, /whole number from 1/],
		[{ vehicleId: 'VAN-1' }, /'VAN-1' in vehicleId/],
		[{ title: '' }, /title is empty/],
		[{ title: 't'.repeat(301) }, /301 characters/],
		[{ state: 'complete' }, /cannot be set/],
	])('refuses %j', (input, message) => {
		expect(() => parseTaskFields(input)).toThrow(InvalidFieldError);
		expect(() => parseTaskFields(input)).toThrow(message);
	});

	it('refuses a name it does not know and tells the one that was meant', () => {
		expect(() => parseTaskFields({ titel: 'Wash' })).toThrow("A task has no field 'titel'");
		expect(hintOf(() => parseTaskFields({ titel: 'Wash' }))).toContain("Did you mean 'title'?");
		expect(hintOf(() => parseTaskFields({ wheels: 4 }))).toMatch(/^The fields are title, description/);
	});

	it('says that seconds are not milliseconds', () => {
		expect(hintOf(() => parseTaskFields({ dueAt: 1_774_965_600 }))).toContain('multiplied by 1000');
	});
});

describe('moveTask', () => {
	it('closes an open task', () => {
		expect([moveTask('created', 'complete'), moveTask('created', 'canceled')]).toEqual([
			'complete',
			'canceled',
		]);
	});

	it.each([
		['complete', 'canceled', 'The task is complete and cannot become canceled'],
		['canceled', 'canceled', 'The task is canceled already'],
		['canceled', 'created', 'The task is canceled and cannot become created'],
		['created', 'created', 'The task is created already'],
	] as const)('does not move %s to %s', (from, to, message) => {
		expect(() => moveTask(from, to)).toThrow(IllegalTaskTransitionError);
		expect(() => moveTask(from, to)).toThrow(message);
	});
});
