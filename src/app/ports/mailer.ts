export interface Email {
	/** Fixed for an action, so that a second delivery is recognisable. Without angle brackets. */
	readonly messageId: string;
	readonly to: string;
	readonly subject: string;
	readonly text: string;
}

export interface Mailer {
	/** Resolves with the server's answer. Rejects with `MailError`. */
	send(email: Email): Promise<string>;
	close(): void;
}
