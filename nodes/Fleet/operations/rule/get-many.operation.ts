import type { Severity } from '../../../../src/domain/rules/rule';
import { severityField } from '../../../../src/n8n/descriptions/rule';
import { searchFilter, searchOf } from '../../../../src/n8n/filters';
import { getManyOperation } from '../../../../src/n8n/read-operations';

export const getManyRules = getManyOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many rules',
		description: 'List rules, oldest first',
		filters: [
			{
				displayName: 'Enabled',
				name: 'enabled',
				type: 'boolean',
				default: true,
				description: 'Whether to list the enabled or the disabled rules',
			},
			searchFilter('name', 'e.g. fuel'),
			severityField,
		],
	},
	async ({ fleet, records }, { limit, filters }) =>
		await records.listRules(fleet, {
			...searchOf(filters),
			where: {
				...(typeof filters.enabled === 'boolean' ? { enabled: filters.enabled } : {}),
				...(filters.severity ? { severity: filters.severity as Severity } : {}),
			},
			limit,
		}),
);
