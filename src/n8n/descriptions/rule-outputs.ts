import { NodeConnectionTypes, type INodeOutputConfiguration } from 'n8n-workflow';

/** What evaluating rules gives, in this order; `ruleOutputs` fills them. */
export const RULE_OUTPUTS: INodeOutputConfiguration[] = [
	{ type: NodeConnectionTypes.Main, displayName: 'Fired' },
	{ type: NodeConnectionTypes.Main, displayName: 'Cleared' },
	{ type: NodeConnectionTypes.Main, displayName: 'Rejected' },
];
