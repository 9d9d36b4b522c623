import { ruleLocator } from '../../../../src/n8n/descriptions/locators';
import type { Operation } from '../../../../src/n8n/operation';
import { readVersion } from '../../../../src/n8n/read-version';
import { recordRef } from '../../../../src/n8n/record-ref';
import { versionField } from './rule-version-field';
import { savedRule } from './save-rule';

export const restoreRuleVersion: Operation = {
	value: 'restoreVersion',
	name: 'Restore Version',
	action: 'Restore version of rule',
	description: 'Save a rule as it was, as a new version; whether it is enabled stays as it is',
	fields: [ruleLocator(), versionField({ displayName: 'Version Name or ID', name: 'version' })],
	async execute(input) {
		const { context, itemIndex, fleet, records } = input;
		const rule = recordRef(context, 'rule', itemIndex);
		return savedRule(input, await records.restoreRuleVersion(fleet, rule, readVersion(input, 'version')));
	},
};
