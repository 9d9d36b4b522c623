import type { FleetN8n } from '../lib/start-fleet';
import { eventually } from './eventually';

export interface Answer {
	readonly status: number;
	/** The answer's JSON, or its text where it is none. */
	readonly body: unknown;
}

/** What the upload API answers when it takes files. */
export interface Accepted {
	readonly imports: readonly { readonly id: number; readonly fileName: string; readonly sizeBytes: number }[];
}

interface ApiCall {
	readonly body?: string | FormData;
	readonly type?: string;
	/** E.g. `?fileName=vehicles.csv`. */
	readonly query?: string;
	/** Left out: the shipped header with its right value. Null: none. */
	readonly key?: string | null;
}

/** Sends a request to the upload API. */
export async function callUploadApi(
	n8n: FleetN8n,
	{ body, type, query = '', key }: ApiCall,
): Promise<Answer> {
	const secret = key === undefined ? n8n.apiHeader.value : key;
	const response = await fetch(`${n8n.addresses.api}${query}`, {
		method: 'POST',
		headers: { ...(type && { 'content-type': type }), ...(secret && { [n8n.apiHeader.name]: secret }) },
		body,
	});
	return { status: response.status, body: readBody(await response.text()) };
}

function readBody(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Sends the upload form as a browser does. `page` is the text that the person sees in the end. */
export async function submitUploadForm(
	n8n: FleetN8n,
	files: Readonly<Record<string, string>>,
	password: string | null = n8n.formPassword,
): Promise<{ status: number; page: string }> {
	const form = new FormData();
	for (const [name, text] of Object.entries(files)) form.append('field-0', new Blob([text]), name);
	form.append('field-1', 'Detect');
	const login = Buffer.from(`${n8n.formUser}:${password}`).toString('base64');
	const response = await fetch(n8n.addresses.form, {
		method: 'POST',
		headers: password === null ? {} : { authorization: `Basic ${login}` },
		body: form,
	});
	const text = await response.text();
	if (!response.ok) return { status: response.status, page: text };
	const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl: string };
	const [page, signature] = formWaitingUrl.split('?');
	await eventually('the form has its last page', async () => {
		const state = await (await fetch(`${page}/n8n-execution-status?${signature}`)).text();
		return state === 'form-waiting';
	});
	return { status: response.status, page: visibleText(await (await fetch(formWaitingUrl)).text()) };
}

function visibleText(html: string): string {
	return html
		.replace(/<(style|script|title)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replaceAll('&#x27;', "'")
		.replace(/\s+/g, ' ')
		.trim();
}
