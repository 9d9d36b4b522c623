import type { Subscription } from '../../app/ports/message-bus';

/** The open subscriptions of a bus, to be closed with it. */
interface SubscriptionSet {
	add(subscription: Subscription): Subscription;
	close(): Promise<void>;
}

export function subscriptionSet(): SubscriptionSet {
	const open = new Set<Subscription>();
	return {
		add: (subscription) => {
			open.add(subscription);
			return {
				lag: subscription.lag,
				close: async (drainMs) => {
					await subscription.close(drainMs);
					open.delete(subscription);
				},
			};
		},
		close: async () => {
			await Promise.all([...open].map(async (subscription) => await subscription.close()));
			open.clear();
		},
	};
}
