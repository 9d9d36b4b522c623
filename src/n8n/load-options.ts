import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { loadRuntime } from './load-runtime';
import { toNodeError } from './node-error';
import { ruleListOptions } from './rule-lists';
import { ruleLoadOptions } from './rule-methods';

/** Rules that can be attached to a task: those whose scope is tasks. */
async function getTaskRules(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const { openFleet, records } = await loadRuntime();
		const rules = await records.listRules(await openFleet(this), { orderBy: 'name' });
		return rules
			.filter(({ scope }) => scope.vehicles === 'tasks')
			.map(({ id, name, enabled }) => ({ name: enabled ? name : `${name} (disabled)`, value: id }));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

/** For `methods.loadOptions`. */
export const loadOptions = { getTaskRules, ...ruleLoadOptions, ...ruleListOptions };
