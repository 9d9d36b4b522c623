import { toOutput } from './to-output';

const AT = Date.UTC(2026, 2, 31, 12);
const ISO = '2026-03-31T12:00:00.000Z';

describe('toOutput', () => {
	it('writes times as ISO 8601, at any depth', () => {
		const record = {
			id: AT,
			createdAt: AT,
			closedAt: null,
			at: AT,
			firing: { openedAt: AT, until: AT },
			list: [{ startedAt: AT }, 3],
		};
		expect(toOutput(record)).toEqual({
			id: AT,
			createdAt: ISO,
			closedAt: null,
			at: ISO,
			firing: { openedAt: ISO, until: ISO },
			list: [{ startedAt: ISO }, 3],
		});
	});

	it("leaves the operator's own names alone", () => {
		const record = { attributes: { soldAt: 5 }, evidence: { servicedAt: AT } };
		expect(toOutput(record)).toEqual(record);
	});
});
