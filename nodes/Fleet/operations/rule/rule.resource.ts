import type { Resource } from '../../../../src/n8n/operation';
import { createRule } from './create.operation';
import { deleteRule } from './delete.operation';
import { disableRule } from './disable.operation';
import { enableRule } from './enable.operation';
import { getManyRules } from './get-many.operation';
import { getRule } from './get.operation';
import { testRule } from './test.operation';
import { updateRule } from './update.operation';
import { upsertRule } from './upsert.operation';

export const rule: Resource = {
	value: 'rule',
	name: 'Rule',
	description: 'What shall happen when vehicles report what',
	defaultOperation: 'create',
	operations: [
		createRule,
		upsertRule,
		deleteRule,
		disableRule,
		enableRule,
		getRule,
		getManyRules,
		testRule,
		updateRule,
	],
};
