import { parseRuleFields } from './parse-rule';
import { ruleWarnings } from './rule-warnings';
import type { KnownNames } from './rule-warnings';

const known: KnownNames = {
	attributes: ['fuelLevel', 'speed'],
	recordAttributes: ['speedLimit'],
	geofences: ['depot'],
	tags: ['station'],
};
const low = { attribute: 'fuelLevel', operator: 'lt', value: 15 };
const warningsOf = (rule: object, names: KnownNames = known): string[] =>
	ruleWarnings(parseRuleFields({ name: 'x', pattern: low, ...rule }), names);

describe('ruleWarnings', () => {
	it('has nothing to say of what is there', () => {
		expect(
			warningsOf({
				pattern: {
					all: [
						{ ...low, forSeconds: 60 },
						{ attribute: 'speed', operator: 'gt', value: { record: 'speedLimit' } },
						{ attribute: 'latitude', operator: 'gt', value: 0 },
						{ any: [{ inside: { geofence: 'depot' } }, { enters: { tag: 'station' } }] },
					],
				},
				maxGapSeconds: 60,
				escalations: [{ severity: 'critical', afterSeconds: 60 }],
				fire: { remindEverySeconds: 60, quietHours: { from: '22:00', to: '06:00' } },
				actions: [{ type: 'sendEmail', to: 'a@b.c', subject: 's', text: '{{attributes.speed}}' }],
			}),
		).toEqual([]);
	});

	it.each<[string, object]>([
		[
			"No vehicle has reported 'fuellevel' yet. Did you mean 'fuelLevel'?",
			{ pattern: { ...low, attribute: 'fuellevel' } },
		],
		[
			"No vehicle has reported 'tyrePressure' yet.",
			{ clear: { attribute: 'tyrePressure', operator: 'exists' } },
		],
		[
			"No vehicle has reported 'sped' yet. Did you mean 'speed'?",
			{ escalations: [{ severity: 'critical', when: { attribute: 'sped', operator: 'gt', value: 5 } }] },
		],
		[
			"No vehicle has reported 'fuel' yet, which the actions' texts show.",
			{ actions: [{ type: 'createTask', title: 'x', description: '{{attributes.fuel}}' }] },
		],
		[
			"No vehicle or customer has an attribute 'speedlimit' entered yet. Did you mean 'speedLimit'?",
			{ pattern: { attribute: 'speed', operator: 'gt', value: { record: 'speedlimit', default: 80 } } },
		],
		["There is no geofence 'Depot'. Did you mean 'depot'?", { pattern: { inside: { geofence: 'Depot' } } }],
		["No geofence is tagged 'home'.", { pattern: { inside: { tag: 'home' } } }],
		['The longest gap has no effect: nothing in the rule has to hold for some time.', { maxGapSeconds: 60 }],
		[
			"Escalating to info has no effect: the rule's own severity is warning.",
			{ escalations: [{ severity: 'info', afterSeconds: 60 }] },
		],
		[
			'Reminders repeat emails and log entries, but the rule has none for when it fires.',
			{
				fire: { remindEverySeconds: 60 },
				actions: [
					{ type: 'createTask', title: 'x' },
					{ type: 'storeLog', on: 'cleared' },
				],
			},
		],
		['Quiet hours hold back emails, but the rule sends none.', { fire: { quietHours: { days: ['sun'] } } }],
	])('%s', (warning, rule) => {
		expect(warningsOf(rule)).toEqual([warning]);
	});

	it('says each name once, and nothing of records that were not looked up', () => {
		const pattern = {
			all: [
				{ attribute: 'xyz', operator: 'gt', value: { record: 'abc' } },
				{ attribute: 'xyz', operator: 'exists' },
			],
		};
		const rule = { pattern, actions: [{ type: 'storeLog', message: '{{attributes.xyz}}' }] };
		expect(warningsOf(rule, { ...known, recordAttributes: null })).toEqual([
			"No vehicle has reported 'xyz' yet.",
		]);
	});

	it('says what a window costs that is longer than a day', () => {
		const over = (withinSeconds: number) => ({
			not: { aggregate: 'average', attribute: 'speed', withinSeconds, operator: 'gt', value: 50 },
		});
		expect(warningsOf({ pattern: over(86_400) })).toEqual([]);
		expect(warningsOf({ pattern: over(7 * 86_400) })).toEqual([
			'The average over 7 days remembers all its reports: it slows the feed down.',
		]);
	});
});
