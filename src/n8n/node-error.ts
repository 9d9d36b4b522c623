import { NodeOperationError, type INode } from 'n8n-workflow';
import { FleetError } from '../domain/errors';

/** The error as n8n shows it: what happened, at which item (counted from 0, as n8n does), and how to mend it. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	const cause = error instanceof Error ? error : new Error(String(error));
	const mapped = new NodeOperationError(node, cause, {
		itemIndex,
		...(cause instanceof FleetError ? { description: cause.hint } : {}),
	});
	// Assigned afterwards: the constructor replaces texts that mention e.g. ECONNREFUSED by ones that say less.
	mapped.message = itemIndex === undefined ? cause.message : `${cause.message} [item ${itemIndex}]`;
	return mapped;
}
