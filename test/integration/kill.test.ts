import { runKill } from '../lib/run-kill';
import { describeWith } from '../lib/services/describe-with';

describeWith('redis', 'feeds that are killed', () => {
	describeWith('postgres', 'workers on PostgreSQL', () => {
		it('loses nothing and does nothing twice over Redis Streams', async () => {
			const { code, output } = await runKill(['--scenario', 'streams', '--seed', '4']);
			expect(`${code}\n${output}`).toMatch(/^0\n/);
			expect(output).toMatch(/✓ acknowledged, and lost +0 {2}of [1-9]\d{2,}/);
		}, 300_000);
	});
});

describe('mutants of a feed', () => {
	it('are caught, each by a check', async () => {
		const { code, output } = await runKill(['--scenario', '', '--mutants', 'short', '--seed', '4']);
		expect(`${code}\n${output}`).toMatch(/^0\n/);
		expect(output).toMatch(/✓ no mutant +all green/);
		expect(output).toMatch(/✓ acknowledged before the commit +acknowledged, and lost/);
	}, 300_000);
});
