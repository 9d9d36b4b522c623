import type { INodeExecutionData } from 'n8n-workflow';
import type { BatchResult } from '../app/feed/process-batch';
import { toOutput } from './to-output';

/** The items of the outputs Fired, Cleared and Rejected. */
export function ruleOutputs(result: BatchResult): INodeExecutionData[][] {
	return [result.fired, result.cleared, result.rejected].map((records) =>
		records.map((record) => ({ json: toOutput(record) })),
	);
}
