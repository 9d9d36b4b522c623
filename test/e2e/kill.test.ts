import { runKill } from '../lib/run-kill';
import { describeWith } from '../lib/services/describe-with';

describeWith('redis', 'an n8n that is killed', () => {
	it('loses nothing and does nothing twice', async () => {
		const { code, output } = await runKill(['--scenario', 'n8n', '--seed', '4']);
		expect(`${code}\n${output}`).toMatch(/^0\n/);
		expect(output).toMatch(/1 x kill -9 n8n\b/);
	}, 600_000);
});
