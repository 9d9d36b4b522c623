/** One request to n8n's own API as its logged-in owner: the answer's `data`, or null for 404; else throws. */
export type Call = <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;

export function logIn(
	url: string,
	logins: { readonly ownerEmail: string; readonly ownerPassword: string },
): Promise<Call>;
