import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { typedValue } from './typed-value';

interface MessageParts {
	readonly messageId?: string;
	readonly sequence?: number;
	readonly latitude?: number;
	readonly longitude?: number;
	readonly heading?: number;
}

/** The item's status message in the shape that feeds carry, from the item or from `statusMessageFields`. */
export function statusMessage(context: IExecuteFunctions, itemIndex: number): IDataObject {
	if (context.getNodeParameter('source', itemIndex) === 'item') {
		return context.getInputData()[itemIndex]?.json ?? {};
	}
	const more = context.getNodeParameter('more', itemIndex, {}) as MessageParts;
	const attributes = context.getNodeParameter('attributes.attribute', itemIndex, []) as {
		name: string;
		value: unknown;
	}[];
	return {
		...more,
		vehicle: context.getNodeParameter('vehicle', itemIndex),
		reportedAt: context.getNodeParameter('reportedAt', itemIndex),
		attributes: Object.fromEntries(attributes.map(({ name, value }) => [name, typedValue(value)])),
	};
}
