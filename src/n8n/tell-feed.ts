import { NodeOperationError, type ITriggerFunctions } from 'n8n-workflow';
import { describeLoss } from '../app/feed/describe-loss';
import type { FeedListener } from '../app/feed/feed-run';
import { toNodeError } from './node-error';

const FAILURES = {
	messages: (feed: string) => `Messages of feed '${feed}' could not be taken and will be delivered again`,
	timers: () => 'What is due by the clock could not be done and will be tried again',
};

/**
 * How a trigger says what happens to its feed: as failed executions, which the error workflow sees too. The trigger
 * goes on by itself in each of these cases.
 */
export function feedTeller(
	context: ITriggerFunctions,
	feed: string,
): Pick<FeedListener, 'onState' | 'onLoss' | 'onFailure'> {
	const node = context.getNode();
	const say = (error: NodeOperationError) => {
		context.logger.warn(error.message, { node: node.name });
		context.saveFailedExecution(error);
	};
	return {
		onState({ up, reason }) {
			if (up) return context.logger.info(`Feed '${feed}' is connected`, { node: node.name });
			const error = new NodeOperationError(node, `Feed '${feed}' is down: ${reason ?? 'no reason given'}`, {
				description:
					'The trigger goes on trying by itself and reads on from where it stopped; nothing needs restarting.',
				level: 'warning',
			});
			if (context.getMode() === 'manual') context.emitError(error);
			else say(error);
		},
		onLoss(loss) {
			say(
				new NodeOperationError(node, describeLoss(feed, loss), {
					description:
						'They cannot be read again. The reason says where they went: give the transport more room or time, or read faster, with more workers.',
				}),
			);
		},
		onFailure(what, error) {
			if (error === null) return;
			const told = toNodeError(node, error);
			told.message = `${FAILURES[what](feed)}: ${told.message}`;
			say(told);
		},
	};
}
