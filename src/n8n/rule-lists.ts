import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { loadRuntime } from './load-runtime';
import { toNodeError } from './node-error';
import { parseRef } from './record-ref';

/** Versions of the rule that is chosen, newest first. */
async function getRuleVersions(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const ref = parseRef('rule', this.getCurrentNodeParameter('rule'));
		if (ref === null) return [];
		const { openFleet, records } = await loadRuntime();
		const versions = await records.listRuleVersions(await openFleet(this), ref);
		return versions.map(({ version, savedAt, isCurrent, sentence }) => ({
			name: `${version}, ${new Date(savedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC${isCurrent ? ', Current' : ''}`,
			value: version,
			description: sentence,
		}));
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}

async function getRuleTemplates(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { records } = await loadRuntime();
	return records
		.ruleTemplates()
		.map(({ name, title, description }) => ({ name: title, value: name, description }));
}

export const ruleListOptions = { getRuleVersions, getRuleTemplates };
