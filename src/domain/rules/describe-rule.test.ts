import { describeRule } from './describe-rule';
import { parseRuleFields } from './parse-rule';

const low = { attribute: 'fuelLevel', operator: 'lt', value: 15 };
const say = (rule: object): string => describeRule(parseRuleFields({ name: 'x', pattern: low, ...rule }));

describe('describeRule', () => {
	it('says all of a rule', () => {
		expect(
			say({
				pattern: { all: [{ ...low, forSeconds: 600 }, { not: { inside: { geofence: 'depot' } } }] },
				maxGapSeconds: 300,
				clear: { ...low, operator: 'gt', value: 20 },
				escalations: [
					{ severity: 'critical', when: { ...low, value: 5 } },
					{ severity: 'critical', afterSeconds: 7200 },
				],
				fire: {
					cooldownSeconds: 3600,
					maxPerDay: 3,
					clearAfterSeconds: 86_400,
					remindEverySeconds: 1800,
					quietHours: { from: '22:00', to: '06:00', timeZone: 'vehicle' },
				},
				actions: [
					{ type: 'createTask', title: 'Refuel {{vehicle.plate}}', completeOnClear: true },
					{ type: 'sendEmail', to: '{{customer.email}}', subject: 's', text: 't' },
					{ type: 'storeLog', on: 'escalated' },
					{ type: 'storeLog', on: 'cleared' },
				],
			}),
		).toBe(
			"When fuelLevel is less than 15 for 10 minutes (gaps up to 5 minutes) and the vehicle is not inside 'depot': " +
				'fire once (warning), at most 3 a day, then not again within 1 hour; ' +
				'critical when fuelLevel is less than 5; critical after 2 hours; ' +
				'remind every 30 minutes until acknowledged; ' +
				'emails wait while it is between 22:00 and 06:00 (local time); ' +
				'ends when fuelLevel is greater than 20; ends after 1 day at the latest. ' +
				'Then: create the task "Refuel {{vehicle.plate}}", to be completed when the rule ends, ' +
				'send an email to {{customer.email}}. ' +
				'When the severity rises: store a log entry. When it ends: store a log entry.',
		);
	});

	it.each<[string, object]>([
		['When fuelLevel is less than 15: fire once (warning).', {}],
		[
			'For vehicle 7, when fuelLevel is less than 15: fire at every report (critical).',
			{ scope: { vehicles: 'vehicle', vehicleId: 7 }, fire: { on: 'every' }, severity: 'critical' },
		],
		[
			'For the vehicles of customer 4, when fuelLevel is less than 15: fire once (warning), at most once a day (Europe/Berlin); remind every hour until acknowledged.',
			{
				scope: { vehicles: 'customer', customerId: 4 },
				fire: { maxPerDay: 1, timeZone: 'Europe/Berlin', remindEverySeconds: 3600 },
			},
		],
		[
			'For the vehicles of the open tasks that it is attached to, when fuelLevel is less than 15: fire once (warning). Then: send an email to 4 addresses.',
			{
				scope: { vehicles: 'tasks' },
				actions: [{ type: 'sendEmail', to: 'a@b.c, b@b.c, c@b.c, d@b.c', subject: 's', text: 't' }],
			},
		],
	])('%s', (sentence, rule) => {
		expect(say(rule)).toBe(sentence);
	});
});
