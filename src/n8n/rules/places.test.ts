import { InvalidFieldError } from '../../domain/errors';
import { fieldAt, inEditorWords } from './places';
import { ruleFromFields } from './rule-from-fields';

const speed = { attribute: 'speed', operator: 'gt', value: '90' } as const;
const rule = ruleFromFields({
	name: 'Fast',
	cooldownSeconds: 60,
	conditions: { row: [speed, { ...speed, forSeconds: 30 }], schedule: [{ from: '25:00' }] },
	groups: {
		group: [
			{ name: 'Rare', conditions: { row: [speed] }, times: 3, withinSeconds: 60, partOf: '' },
			{ name: 'Over', partOf: '#clear', conditions: { row: [speed, speed] } },
		],
	},
	actions: { action: [{ type: 'sendEmail', to: 'nobody' }] },
	escalations: { step: [{ severity: 'critical', afterSeconds: -1 }] },
});

describe('the field that a path stands for', () => {
	it.each([
		['name', 'Name'],
		['pattern.all[0].value', 'Condition 1: Value'],
		['pattern.all[1].holds.value', 'Condition 2: Value'],
		['pattern.all[1].forSeconds', 'Condition 2: For (Seconds)'],
		['pattern.all[2].schedule.from', 'Schedule 1: From'],
		['pattern.all[3].times', 'Rare: Times'],
		['pattern.all[3].count.value', 'Rare, condition 1: Value'],
		['clear.all[1].operator', 'Over, condition 2: Comparison'],
		['escalations[0].afterSeconds', 'Escalation 1: After (Seconds)'],
		['fire.cooldownSeconds', 'Cooldown (Seconds)'],
		['actions[0].to', 'Action 1: To'],
	])('%s is %s', (path, field) => {
		expect(fieldAt(rule, path)).toBe(field);
	});

	it('is none where no field made the part', () => {
		expect(fieldAt(rule, 'somewhere[0].else')).toBeNull();
	});
});

it('tells an error in the words of the editor', () => {
	const path = 'pattern.all[0].value';
	const mapped = inEditorWords(rule, new InvalidFieldError(path, `${path} is empty`, 'Give one.'));
	expect(mapped).toMatchObject({ field: path, message: 'Condition 1: Value is empty', hint: 'Give one.' });
	const other = inEditorWords(
		rule,
		new InvalidFieldError('actions[0].to', "'nobody' is no address", 'Mend it.'),
	);
	expect(other).toMatchObject({ message: "Action 1: To: 'nobody' is no address" });
});
