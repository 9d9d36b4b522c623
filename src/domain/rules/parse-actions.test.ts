import { InvalidFieldError } from '../errors';
import { parseActions } from './parse-actions';

const email = { type: 'sendEmail', to: 'ops@example.com', subject: 'Low', text: 'Refuel {{vehicle.plate}}' };

function refusal(action: unknown): InvalidFieldError {
	try {
		parseActions([action], 'actions');
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
	throw new Error('was not refused');
}

describe('parseActions', () => {
	it('takes no actions at all', () => {
		expect([undefined, null, []].map((none) => parseActions(none, 'actions'))).toEqual([[], [], []]);
	});

	it('writes a log message where none is given, and no empty description', () => {
		expect(
			parseActions([{ type: 'storeLog' }, { type: 'createTask', title: 'x', description: '' }], 'actions'),
		).toStrictEqual([
			{ type: 'storeLog', message: '{{rule.name}}{{#vehicle.plate}}: {{vehicle.plate}}{{/vehicle.plate}}' },
			{ type: 'createTask', title: 'x' },
		]);
	});

	it.each(['{{customer.email}}', 'a@example.com,b@localhost', 'a@example.com, {{attributes.driver mail}}'])(
		'sends to %s',
		(to) => {
			expect(parseActions([{ ...email, to }], 'actions')).toEqual([{ ...email, to }]);
		},
	);

	it.each<[string, unknown, string]>([
		['actions[0]', 'sendEmail', 'text, not an object'],
		['actions[0].type', {}, 'missing'],
		['actions[0].type', { type: 'sendMail' }, "'sendMail'"],
		['actions[0].message', { ...email, message: 'x' }, "no field 'message'"],
		['actions[0].to', { ...email, to: '' }, 'empty'],
		['actions[0].to', { ...email, to: 'ops' }, "'ops'"],
		['actions[0].to', { ...email, to: 'Ops <ops@example.com>' }, 'no e-mail address'],
		['actions[0].to', { ...email, to: 'a@example.com, ' }, 'no e-mail address'],
		['actions[0].to', { ...email, to: 'a@example.com\nBcc: b@example.com' }, 'more than one line'],
		['actions[0].to', { ...email, to: '{{customer.mail}}' }, "unknown field 'customer.mail'"],
		['actions[0].subject', { ...email, subject: 'a\nb' }, 'more than one line'],
		['actions[0].subject', { ...email, subject: '{{vehicle.plat}}' }, "unknown field 'vehicle.plat'"],
		['actions[0].text', { ...email, text: ' ' }, 'empty'],
		['actions[0].text', { ...email, text: { path: '/etc/passwd' } }, 'an object, not text'],
		['actions[0].message', { type: 'storeLog', message: '{{vehicle.plate' }, 'broken'],
		['actions[0].title', { type: 'createTask' }, 'empty'],
		['actions[0].on', { type: 'storeLog', on: 'clear' }, "'clear'"],
		['actions[0].completeOnClear', { ...email, completeOnClear: true }, "no field 'completeOnClear'"],
		['actions[0].completeOnClear', { type: 'createTask', title: 'x', completeOnClear: 'yes' }, 'text'],
		[
			'actions[0].completeOnClear',
			{ type: 'createTask', on: 'cleared', title: 'x', completeOnClear: true },
			'when it is created',
		],
		['actions[0].description', { type: 'createTask', title: 'x', description: 5 }, 'a number, not text'],
	])('names %s of %j', (field, action, message) => {
		const error = refusal(action);
		expect(error.field).toBe(field);
		expect(error.message).toContain(message);
		expect(error.hint).not.toBe('');
	});

	it('bounds their number', () => {
		expect(() => parseActions(Array(21).fill(email), 'actions')).toThrow('21 entries, more than 20');
	});
});
