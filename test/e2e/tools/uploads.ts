import { pageAfterForm } from '../../../scripts/demo/upload.mjs';
import type { FleetN8n } from '../lib/start-fleet';

export interface Answer {
	readonly status: number;
	/** The answer's JSON, or its text where it is none. */
	readonly body: unknown;
}

/** What the upload API answers when it takes files. */
export interface Accepted {
	readonly imports: readonly {
		readonly id: number;
		readonly fileName: string;
		readonly sizeBytes: number;
		readonly sha256: string;
		/** It was taken before: this is that import. */
		readonly known: boolean;
	}[];
}

interface ApiCall {
	readonly body?: string | FormData | Uint8Array<ArrayBuffer>;
	readonly type?: string;
	/** E.g. `?fileName=vehicles.csv`. */
	readonly query?: string;
	/** Left out: the shipped header with its right value. Null: none. */
	readonly key?: string | null;
	readonly idempotencyKey?: string;
}

/** Sends a request to the upload API. */
export async function callUploadApi(
	n8n: FleetN8n,
	{ body, type, query = '', key, idempotencyKey }: ApiCall,
): Promise<Answer> {
	const secret = key === undefined ? n8n.apiHeader.value : key;
	return await answerOf(`${n8n.addresses.api}${query}`, {
		method: 'POST',
		headers: {
			...(type && { 'content-type': type }),
			...(secret && { [n8n.apiHeader.name]: secret }),
			...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
		},
		body,
	});
}

/** Asks the upload API how far an import is. */
export async function askUploadApi({ addresses, apiHeader }: FleetN8n, id: number): Promise<Answer> {
	return await answerOf(`${addresses.api}?id=${id}`, { headers: { [apiHeader.name]: apiHeader.value } });
}

async function answerOf(address: string, request: RequestInit): Promise<Answer> {
	const response = await fetch(address, request);
	return { status: response.status, body: readBody(await response.text()) };
}

function readBody(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Sends the upload form as a browser does. `page` is the text that the person sees in the end, `html` all of it. */
export async function submitUploadForm(
	n8n: FleetN8n,
	files: Readonly<Record<string, string>>,
	password: string | null = n8n.formPassword,
): Promise<{ status: number; page: string; html: string }> {
	const form = new FormData();
	for (const [name, text] of Object.entries(files)) form.append('field-0', new Blob([text]), name);
	form.append('field-1', 'Detect');
	const login = Buffer.from(`${n8n.formUser}:${password}`).toString('base64');
	const headers: Record<string, string> = password === null ? {} : { authorization: `Basic ${login}` };
	const response = await fetch(n8n.addresses.form, { method: 'POST', headers, body: form });
	const text = await response.text();
	if (!response.ok) return { status: response.status, page: text, html: text };
	const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl: string };
	const html = await pageAfterForm(formWaitingUrl, headers);
	return { status: response.status, page: visibleText(html), html };
}

function visibleText(html: string): string {
	return html
		.replace(/<(style|script|title)[\s\S]*?<\/\1>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replaceAll('&#x27;', "'")
		.replace(/\s+/g, ' ')
		.trim();
}
