import type { INodeProperties } from 'n8n-workflow';
import type { ActionType } from '../../domain/action';
import { atOnce } from './rule-operand';

const showFor = (type: ActionType) => ({ show: { type: [type] } });

/**
 * A template's text belongs to the rule and is filled in when the rule fires, so n8n's own expressions are not
 * offered there: the editor would take `{{ vehicle.plate }}` for one and evaluate it when the rule is saved.
 */
const template = (field: Pick<INodeProperties, 'displayName' | 'name'> & Partial<INodeProperties>) => ({
	type: 'string' as const,
	default: '',
	noDataExpression: true,
	...field,
	typeOptions: { ...field.typeOptions, ...atOnce.typeOptions },
});

const FIELDS_HINT =
	'Fields: {{vehicle.plate}} {{vehicle.vin}} {{vehicle.name}} {{customer.name}} {{customer.email}} {{rule.name}} ' +
	'{{rule.severity}} {{firing.openedAt}} {{status.reportedAt}} {{status.latitude}} {{status.longitude}} ' +
	'{{attributes.fuelLevel}} (or any other attribute)';

/** What a rule does when it fires; `action` holds the rows, in the order in which they are done. */
export const actionsField: INodeProperties = {
	displayName: 'Actions',
	name: 'actions',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		multipleValueButtonText: 'Add Action',
		sortable: true,
		hideOptionalFields: true,
		addOptionalFieldButtonText: 'Add Detail',
		fixedCollection: {
			itemTitle:
				'={{ { sendEmail: "Send Email", storeLog: "Store Log Entry", createTask: "Create Task" }[$collection.item.value.type] }}',
		},
	},
	placeholder: 'Add Action',
	default: {},
	description: 'What happens each time the rule fires',
	options: [
		{
			displayName: 'Action',
			name: 'action',
			values: [
				{
					displayName: 'Action',
					name: 'type',
					type: 'options',
					default: 'sendEmail',
					options: [
						{ name: 'Create Task', value: 'createTask' },
						{ name: 'Send Email', value: 'sendEmail' },
						{ name: 'Store Log Entry', value: 'storeLog' },
					],
					...atOnce,
				},
				{
					displayName: 'When',
					name: 'on',
					type: 'options',
					default: 'fired',
					options: [
						{ name: 'The Rule Fires', value: 'fired' },
						{ name: 'The Severity Rises', value: 'escalated' },
						{ name: 'The Firing Clears', value: 'cleared' },
					],
				},
				template({
					displayName: 'To',
					name: 'to',
					placeholder: 'e.g. dispatch@example.com or {{customer.email}}',
					displayOptions: showFor('sendEmail'),
				}),
				template({
					displayName: 'Subject',
					name: 'subject',
					placeholder: 'e.g. {{vehicle.plate}} is low on fuel',
					displayOptions: showFor('sendEmail'),
				}),
				template({
					displayName: 'Text',
					name: 'text',
					typeOptions: { rows: 4 },
					placeholder: 'e.g. Fuel is at {{attributes.fuelLevel}} %.',
					hint: FIELDS_HINT,
					displayOptions: showFor('sendEmail'),
				}),
				template({
					displayName: 'Message',
					name: 'message',
					placeholder: 'e.g. {{vehicle.plate}}: fuel at {{attributes.fuelLevel}} %',
					hint: FIELDS_HINT,
					displayOptions: showFor('storeLog'),
				}),
				template({
					displayName: 'Title',
					name: 'title',
					placeholder: 'e.g. Refuel {{vehicle.plate}}',
					displayOptions: showFor('createTask'),
				}),
				template({
					displayName: 'Description',
					name: 'description',
					typeOptions: { rows: 3 },
					placeholder: 'e.g. Fuel was at {{attributes.fuelLevel}} % at {{status.reportedAt}}.',
					hint: FIELDS_HINT,
					displayOptions: showFor('createTask'),
				}),
				{
					displayName: 'Complete When Cleared',
					name: 'completeOnClear',
					type: 'boolean',
					default: false,
					description: 'Whether the task is completed when the firing clears, if it is still open then',
					displayOptions: showFor('createTask'),
				},
			],
		},
	],
};
