import { optionsField, wholeRuleFields } from './rule-fields';

describe('the fields of a rule', () => {
	it('has no list among the options: the editor would drop it before it has its first entry', () => {
		const lists = (optionsField.options ?? []).filter(
			(option) => 'typeOptions' in option && option.typeOptions?.multipleValues === true,
		);
		expect(lists).toEqual([]);
		expect(wholeRuleFields.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['clear', 'escalations', 'options']),
		);
	});
});
