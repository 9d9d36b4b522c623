import { NodeOperationError, type INode } from 'n8n-workflow';
import type { FleetError } from '../domain/errors';

/**
 * Told by its shape, since the classes behind `loadRuntime` may be another copy of the same module in a bundle.
 */
export function isFleetError(error: unknown): error is FleetError {
	return error instanceof Error && 'hint' in error && typeof error.hint === 'string';
}

/** The error as n8n shows it: what happened, at which item (counted from 0, as n8n does), and how to mend it. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	const cause = error instanceof Error ? error : new Error(String(error));
	const mapped = new NodeOperationError(node, cause, {
		itemIndex,
		...(isFleetError(cause) ? { description: cause.hint } : {}),
	});
	// Assigned afterwards: the constructor replaces texts that mention e.g. ECONNREFUSED by ones that say less.
	mapped.message = itemIndex === undefined ? cause.message : `${cause.message} [item ${itemIndex}]`;
	return mapped;
}
