import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ImportDesk } from '../../../src/n8n/imports/await-import';
import type { ItemOutput } from '../../../src/n8n/run-per-item';

export interface ImportOperation {
	readonly option: INodePropertyOptions & { readonly value: string };
	/** With their `displayOptions` for this operation. */
	readonly fields: readonly INodeProperties[];
	/** Names of the outputs; one without a name when left out. */
	readonly outputs?: readonly string[];
	/** What goes to each of the outputs. */
	execute(desk: ImportDesk): Promise<readonly ItemOutput[]>;
}
