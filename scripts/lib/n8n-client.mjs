/** What a person at the editor does, over the same addresses. Errors say what n8n answered. */
export async function logIn(url, logins) {
	const answer = await fetch(new URL('/rest/login', url), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: logins.ownerEmail, password: logins.ownerPassword }),
	});
	if (!answer.ok) throw new Error(`n8n refused the owner's login (${answer.status}): ${await answer.text()}`);
	const cookie = answer.headers
		.getSetCookie()
		.map((each) => each.split(';')[0])
		.join('; ');
	/** Resolves with the answer's `data`, or null for 404; else throws an error whose `reason` is n8n's own sentence. */
	return async function call(method, path, body) {
		const response = await fetch(new URL(`/rest${path}`, url), {
			method,
			headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (response.status === 404) return null;
		const text = await response.text();
		if (!response.ok) {
			let message = text.slice(0, 500);
			try {
				message = JSON.parse(text).message ?? message;
			} catch {
				// Not JSON: the text says it.
			}
			const failure = new Error(`n8n answered ${response.status} to ${method} ${path}: ${message}`);
			failure.reason = message;
			throw failure;
		}
		return text ? JSON.parse(text).data : null;
	};
}
