import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { inWords } from '../../../../src/n8n/read-rule';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { candidateFields, readCandidate } from './candidate';

export const startRuleTrial: Operation = {
	value: 'startTrial',
	name: 'Start Trial',
	action: 'Start trial of rule',
	description:
		'Let another form of a rule run on the live feed beside it: it fires on record, but nothing is done and nobody is told',
	fields: [ruleLocator(), ...candidateFields({ withSaved: false })],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		const rule = recordRef(context, 'rule', itemIndex);
		const candidate = await readCandidate(input);
		const trial = await inWords(
			candidate.changes ?? {},
			async (changes) => await records.startTrial(fleet, rule, candidate.changes ? { changes } : candidate),
		);
		return toOutput(trial);
	},
};
