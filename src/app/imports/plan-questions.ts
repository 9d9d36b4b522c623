import type { PlanQuestion } from '../../domain/mapping/import-plan';

const ABOUT = { dateOrder: 'Dates are written', decimalMark: 'Decimals are separated by' } as const;
const CHOICES: Readonly<Record<string, string>> = {
	dayFirst: 'day first',
	monthFirst: 'month first',
	yearFirst: 'year first',
	point: 'a point',
	comma: 'a comma',
};

/** What only a person can answer, and how. */
export function askedText(questions: readonly PlanQuestion[]): string {
	const asked = questions.map(({ column, list, examples, choices }) => {
		const where = list === null ? `'${column}'` : `'${column}' of '${list}'`;
		const values = examples.slice(0, 3).map((value) => `'${value}'`);
		return `column ${where} has ${values.join(', ')}, which may be ${choices.map((choice) => CHOICES[choice] ?? choice).join(' or ')}`;
	});
	const settings = [...new Set(questions.map(({ about }) => `'${ABOUT[about]}'`))].join(' and ');
	return `Nothing was taken: ${asked.join('; ')}. Choose ${settings} and resume the import`;
}
