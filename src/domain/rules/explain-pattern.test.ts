import { followRule } from './nodes/testing/follow-rule';
import type { Pattern } from './pattern';

const low: Pattern = { attribute: 'fuel', operator: 'lt', value: 15 };

describe('explainRule', () => {
	it('tells how long it has held, with the value that decides, and changes nothing', () => {
		const rule = followRule({
			pattern: { all: [{ holds: low, forSeconds: 600 }, { not: { inside: { geofence: 'yard' } } }] },
		});
		rule.report(0, { fuel: 12 }, 500);
		const before = JSON.stringify([...rule.run.states]);
		expect(rule.explain(580)).toMatchObject({
			met: false,
			parts: [
				{
					met: false,
					detail: 'held for 9:40 of 10:00',
					parts: [{ text: 'fuel is less than 15', met: true, detail: 'fuel is 12' }],
				},
				{
					met: true,
					parts: [{ met: false, detail: expect.stringMatching(/^outside 'yard', 400 m away$/) as string }],
				},
			],
		});
		expect(JSON.stringify([...rule.run.states])).toBe(before);
		expect(rule.clock(600)).toEqual(['fired at 600']);
	});

	it.each<[Pattern, string]>([
		[{ count: low, times: 3, withinSeconds: 86_400 }, '1 of 3 times within 1 d'],
		[{ absent: { forSeconds: 21_600 } }, 'last report 5 h 12 min ago of 6 h'],
		[{ absent: { attribute: 'rpm', forSeconds: 60 } }, 'rpm was never reported'],
		[
			{ aggregate: 'average', attribute: 'fuel', withinSeconds: 86_400, operator: 'lt', value: 5 },
			'12 over 1 report',
		],
		[
			{ first: low, thenNot: { not: low }, withinSeconds: 172_800 },
			'waiting for the second for 5 h 12 min of 2 d',
		],
		[{ first: low, then: { not: low }, withinSeconds: 60 }, 'the first was met 0:00 ago, of 1:00'],
		[{ inside: { tag: 'depot' } }, "inside one with the tag 'depot'"],
		[{ inside: { geofence: 'gone' } }, "there is no such geofence: 'gone'"],
		[
			{ attribute: 'fuel', operator: 'gt', value: { record: 'limit', plus: 1 } },
			'fuel is 12, compared with 6',
		],
		[{ attribute: 'fuel', operator: 'increasedBy', value: 5 }, 'fuel is 12'],
	])('%j', (pattern, detail) => {
		const rule = followRule({ pattern }, { attributes: { limit: 5 } });
		rule.report(0, { fuel: 12 }, 0);
		expect(rule.explain(18_720)?.detail).toBe(detail);
	});
});
