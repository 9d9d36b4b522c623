import { MailError } from '../../app/errors';

export interface MailAddress {
	readonly name: string;
	readonly address: string;
}

const MAILBOX =
	/^(?:"?([^"<>,;:@\\]*?)"?\s*<([^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+)>|([^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+))$/;

const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

/**
 * Reads `ada@example.com, Fleet desk <desk@example.com>`: one recipient for each comma-separated part, each checked
 * by itself, so that no text can smuggle in a header, a group or one recipient more. Throws a permanent `MailError`.
 */
export function parseAddresses(text: string): MailAddress[] {
	const parts = text.split(',').map((part) => part.trim());
	const given = parts.filter((part) => part !== '');
	if (given.length === 0) {
		throw new MailError(
			'The email has no recipient',
			'Check "to" in the rule: a field like {{customer.email}} is empty for a vehicle without a customer or a customer without an address.',
			false,
		);
	}
	return given.map((part) => {
		const match = CONTROL_CHARACTERS.test(part) ? null : MAILBOX.exec(part);
		const address = match?.[2] ?? match?.[3];
		if (address === undefined) {
			throw new MailError(
				`'${part.slice(0, 100)}' is not an email address`,
				'Correct it in the rule or in the record that it comes from; separate several addresses by commas.',
				false,
			);
		}
		return { name: match?.[1]?.trim() ?? '', address };
	});
}
