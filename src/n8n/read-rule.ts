import type { IDataObject } from 'n8n-workflow';
import type { RuleScope } from '../domain/rules/rule';
import type { OperationInput } from './operation';
import { recordRef } from './record-ref';
import { ruleFromFields, type RuleForm } from './rule-from-fields';

/** The parts of a rule that can be changed by themselves. */
export type RulePart = 'name' | 'severity' | 'scope' | 'conditions' | 'cooldown' | 'actions';

const ALL_PARTS: readonly RulePart[] = ['name', 'severity', 'scope', 'conditions', 'cooldown', 'actions'];

/** A whole rule from the node's parameters, with what "Options" says. */
export async function readRule(input: OperationInput): Promise<Record<string, unknown>> {
	const { enabled, pattern } = parameter(input, 'options', {}) as { enabled?: boolean; pattern?: unknown };
	const parts = ALL_PARTS.filter((part) => pattern === undefined || part !== 'conditions');
	const form = await readForm(input, parts);
	return ruleFromFields({ ...form, enabled: enabled ?? true, ...(pattern === undefined ? {} : { pattern }) });
}

/** Only the parts that are named. */
export async function readRuleChanges(
	input: OperationInput,
	parts: readonly RulePart[],
): Promise<Record<string, unknown>> {
	return ruleFromFields(await readForm(input, parts));
}

async function readForm(input: OperationInput, parts: readonly RulePart[]): Promise<RuleForm> {
	const form: IDataObject = {};
	for (const part of parts) Object.assign(form, await READERS[part](input));
	return form;
}

const READERS: Record<RulePart, (input: OperationInput) => RuleForm | Promise<RuleForm>> = {
	name: (input) => ({ name: parameter(input, 'name', '') as string }),
	severity: (input) => ({ severity: parameter(input, 'severity', 'warning') as string }),
	scope: async (input) => ({ scope: await readScope(input) }),
	conditions: (input) => ({
		match: parameter(input, 'match', 'all') as RuleForm['match'],
		conditions: parameter(input, 'conditions.row', []) as RuleForm['conditions'],
		groups: parameter(input, 'groups.group', []) as RuleForm['groups'],
	}),
	cooldown: (input) => ({ cooldownSeconds: Number(parameter(input, 'cooldownSeconds', 0)) }),
	actions: (input) => ({ actions: parameter(input, 'actions.action', []) as RuleForm['actions'] }),
};

/** Rules keep ids, so a VIN, plate or external id is looked up here. */
async function readScope(input: OperationInput): Promise<RuleScope> {
	const { context, itemIndex, fleet, records } = input;
	const watches = parameter(input, 'watches', 'all');
	if (watches === 'customer') {
		const { id } = await records.getCustomer(fleet, recordRef(context, 'customer', itemIndex));
		return { vehicles: watches, customerId: id };
	}
	if (watches === 'vehicle') {
		const { id } = await records.getVehicle(fleet, recordRef(context, 'vehicle', itemIndex));
		return { vehicles: watches, vehicleId: id };
	}
	return { vehicles: watches as 'all' | 'tasks' };
}

function parameter({ context, itemIndex }: OperationInput, name: string, fallback: unknown): unknown {
	return context.getNodeParameter(name, itemIndex, fallback);
}
