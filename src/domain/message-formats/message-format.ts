/** How the payloads of a feed are read: plain data, so that it can be kept in a node, a file or a message to a thread. */
export interface MessageFormat {
	/** `fleet`: status messages in the product's own shape. */
	readonly preset: 'fleet';
	/**
	 * What identifies a message, so that a repetition has no effect. `message`: the id that it carries, else its
	 * content; `transport`: what the transport calls the delivery; `content`: the content alone.
	 */
	readonly messageId: 'message' | 'transport' | 'content';
}

export const FLEET_FORMAT: MessageFormat = { preset: 'fleet', messageId: 'message' };
