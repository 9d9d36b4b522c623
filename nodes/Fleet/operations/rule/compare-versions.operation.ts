import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { readVersion } from '../../../../src/n8n/read-version';
import { recordRef } from '../../../../src/n8n/record-ref';
import { toOutput } from '../../../../src/n8n/to-output';
import { versionField } from './rule-version-field';

export const compareRuleVersions: Operation = {
	value: 'compareVersions',
	name: 'Compare Versions',
	action: 'Compare versions of rule',
	description: 'Tell, field by field, what is different between two versions of a rule',
	fields: [
		ruleLocator(),
		versionField({ displayName: 'Before Name or ID', name: 'before' }),
		versionField({ displayName: 'After Name or ID', name: 'after' }),
	],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		const rule = recordRef(context, 'rule', itemIndex);
		const versions = [readVersion(input, 'before'), readVersion(input, 'after')] as const;
		return toOutput(await records.compareRuleVersions(fleet, rule, versions));
	},
};
