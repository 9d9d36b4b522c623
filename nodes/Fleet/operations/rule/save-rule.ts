import type { IDataObject } from 'n8n-workflow';
import type { OperationInput } from '../../../../src/n8n/operation';
import type { Runtime } from '../../../../src/n8n/load-runtime';
import { toOutput } from '../../../../src/n8n/to-output';

type SavedRule = Awaited<ReturnType<Runtime['records']['createRule']>>;

/** The rule as an item, with the warnings as hints under the output too, where a person sees them. */
export function savedRule({ context }: OperationInput, { record, warnings }: SavedRule): IDataObject {
	for (const message of warnings) {
		context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
	return { ...toOutput(record), ...(warnings.length > 0 ? { warnings: [...warnings] } : {}) };
}
