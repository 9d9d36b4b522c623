import type { Resource } from '../../../../src/n8n/operation';
import { adoptRuleTrial } from './adopt-trial.operation';
import { backtestRule } from './backtest.operation';
import { compareRuleTrial } from './compare-trial.operation';
import { compareRuleVersions } from './compare-versions.operation';
import { createRuleFromTemplate } from './create-from-template.operation';
import { createRule } from './create.operation';
import { deleteRule } from './delete.operation';
import { disableRule } from './disable.operation';
import { enableRule } from './enable.operation';
import { explainRule } from './explain.operation';
import { exportRules } from './export.operation';
import { getRuleForm } from './get-form.operation';
import { getManyRules } from './get-many.operation';
import { getRuleVersions } from './get-versions.operation';
import { getRule } from './get.operation';
import { importRules } from './import.operation';
import { restoreRuleVersion } from './restore-version.operation';
import { saveRuleForm } from './save-form.operation';
import { startRuleTrial } from './start-trial.operation';
import { stopRuleTrial } from './stop-trial.operation';
import { testRule } from './test.operation';
import { updateRule } from './update.operation';
import { upsertRule } from './upsert.operation';

export const rule: Resource = {
	value: 'rule',
	name: 'Rule',
	description: 'What shall happen when vehicles report what',
	defaultOperation: 'create',
	operations: [
		adoptRuleTrial,
		backtestRule,
		compareRuleTrial,
		compareRuleVersions,
		createRule,
		createRuleFromTemplate,
		upsertRule,
		deleteRule,
		disableRule,
		enableRule,
		explainRule,
		exportRules,
		getRule,
		getRuleForm,
		getManyRules,
		getRuleVersions,
		importRules,
		restoreRuleVersion,
		saveRuleForm,
		startRuleTrial,
		stopRuleTrial,
		testRule,
		updateRule,
	],
};
