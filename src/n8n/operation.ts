import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Fleet } from '../app/fleet';
import { FleetError } from '../domain/errors';
import type { ItemOutput } from './run-per-item';
import type { Runtime } from './load-runtime';

export interface OperationInput {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly fleet: Fleet;
	/** The use cases, which come with the runtime so that n8n's start does not load them. */
	readonly records: Runtime['records'];
}

/** One entry of a resource's "Operation" list, with the parameters that it shows and what it does for one item. */
export interface Operation {
	readonly value: string;
	readonly name: string;
	/** For the node creator, in sentence case, e.g. "Attach vehicle to customer". */
	readonly action: string;
	readonly description: string;
	/** Shown for this operation; their own `displayOptions` narrow that down. */
	readonly fields: readonly INodeProperties[];
	execute(input: OperationInput): Promise<ItemOutput>;
}

export interface Resource {
	readonly value: string;
	readonly name: string;
	readonly description: string;
	/** `value` of the operation that is chosen first. */
	readonly defaultOperation: string;
	readonly operations: readonly Operation[];
}

/** The parameters `resource` and `operation`, and every operation's fields, shown where they belong. */
export function describeResources(
	resources: readonly Resource[],
	defaultResource: string,
): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			default: defaultResource,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
		},
		...resources.map(operationChoice),
		...resources.flatMap((resource) =>
			resource.operations.flatMap(({ value, fields }) =>
				fields.map((field) => ({
					...field,
					displayOptions: within({ resource: [resource.value], operation: [value] }, field.displayOptions),
				})),
			),
		),
	];
}

function operationChoice(resource: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: resource.defaultOperation,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(({ value, name, action, description }) => ({
			value,
			name,
			action,
			description,
		})),
	};
}

function within(show: NonNullable<IDisplayOptions['show']>, own: IDisplayOptions = {}): IDisplayOptions {
	return { ...own, show: { ...show, ...own.show } };
}

class UnknownOperationError extends FleetError {
	constructor(resource: string, operation: string, known: readonly string[]) {
		super(
			`There is no operation '${operation}' for '${resource}'`,
			`An expression may have given a wrong name. There are: ${known.join(', ')}.`,
		);
	}
}

/** Finds the operation that the node's parameters name. Throws for one that there is not. */
export function dispatchTable(
	resources: readonly Resource[],
): (resource: string, operation: string) => Operation {
	const table = new Map(
		resources.flatMap((resource) =>
			resource.operations.map((operation) => [`${resource.value}.${operation.value}`, operation] as const),
		),
	);
	return (resource, operation) => {
		const found = table.get(`${resource}.${operation}`);
		if (!found) throw new UnknownOperationError(resource, operation, [...table.keys()]);
		return found;
	};
}
