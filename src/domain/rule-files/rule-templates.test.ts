import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareFirings } from './compare-firings';
import { parseRuleFile } from './parse-rule-file';
import { parseTrace } from './parse-trace';
import { problemText } from './rule-file';
import { ruleTemplates } from './rule-templates';
import { runTrace } from './run-trace';
import type { Trace } from './trace';

const FOLDER = join(__dirname, '../../../rule-templates');
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const names = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.rule.yaml'))
	.map((name) => name.replace('.rule.yaml', ''))
	.sort();

function traceOf(name: string): Trace {
	const parsed = parseTrace(read(name));
	if ('trace' in parsed) return parsed.trace;
	throw new Error(`${name}: ${parsed.problems.map(problemText).join('\n')}`);
}

function fileOf(name: string) {
	const { file, problems } = parseRuleFile(read(`${name}.rule.yaml`));
	expect(problems.map(problemText)).toEqual([]);
	return file;
}

describe('the rule templates', () => {
	it.each(names)('%s fires in the one trace, and not in the other', (name) => {
		const { rules } = fileOf(name);
		expect(rules).toHaveLength(1);
		const fires = traceOf(`${name}.fires.trace.yaml`);
		expect(fires.expect.length).toBeGreaterThan(0);
		const compared = compareFirings(fires, runTrace(rules, [], fires));
		expect(compared.filter(({ outcome }) => outcome !== 'as expected')).toEqual([]);
		const quiet = traceOf(`${name}.quiet.trace.yaml`);
		expect(quiet.expect).toEqual([]);
		expect(quiet.reports.length).toBeGreaterThan(1);
		expect(runTrace(rules, [], quiet)).toEqual([]);
	});

	it('are bundled as they are in their files: if not, run "npx gulp templates"', () => {
		const inFiles = names.map((name) => {
			const { rules, description } = fileOf(name);
			return { name, title: rules[0]?.name, description, rule: rules[0] };
		});
		const bundled = [...ruleTemplates()].sort((a, b) => (a.name < b.name ? -1 : 1));
		expect(bundled).toEqual(inFiles);
		expect(bundled.length).toBeGreaterThanOrEqual(22);
	});

	it('say what they do, each under a title of its own', () => {
		const templates = ruleTemplates();
		expect(new Set(templates.map(({ title }) => title)).size).toBe(templates.length);
		for (const { description, rule } of templates) {
			expect(description.length).toBeGreaterThan(20);
			expect(rule.actions.length).toBeGreaterThan(0);
			expect(rule.scope).toEqual({ vehicles: 'all' });
		}
	});

	it('are listed in their README', () => {
		const listed = [...read('README.md').matchAll(/^\| \[(.+?)\]\((.+?)\.rule\.yaml\) *\| (.+?) *\|$/gm)].map(
			([, title, name, description]) => ({ name, title, description }),
		);
		const templates = ruleTemplates().map(({ name, title, description }) => ({ name, title, description }));
		expect(listed.sort((a, b) => ((a.title ?? '') < (b.title ?? '') ? -1 : 1))).toEqual(templates);
	});
});
