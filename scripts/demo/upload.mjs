import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { byId } from './fleet-desk.mjs';

/** Sends the upload form as a browser does, with its login. Returns the page that it leads to. */
export async function uploadByForm(n8n, address, file) {
	const form = new FormData();
	form.append('field-0', new Blob([readFileSync(file)], { type: 'text/csv' }), basename(file));
	form.append('field-1', 'Detect');
	const login = Buffer.from(`${n8n.formUser}:${n8n.formPassword}`).toString('base64');
	const response = await fetch(address, {
		method: 'POST',
		headers: { authorization: `Basic ${login}` },
		body: form,
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`The upload form answered HTTP ${response.status}: ${text}`);
	// n8n answers with the address of the form's next page.
	const { formWaitingUrl } = JSON.parse(text);
	return await pageAfterForm(formWaitingUrl, { authorization: `Basic ${login}` });
}

/**
 * What the person sees after the form, as HTML: its last page, or the page that it leads to. Asks, as the form's own
 * page does, until the workflow has come there: asked for sooner it never answers.
 */
export async function pageAfterForm(formWaitingUrl, headers) {
	const [page, signature] = formWaitingUrl.split('?');
	for (let attempt = 0; attempt < 150; attempt++) {
		const state = await (await fetch(`${page}/n8n-execution-status?${signature}`)).text();
		if (state === 'form-waiting') return await follow(formWaitingUrl, headers);
		if (state !== 'running') throw new Error(`The upload's workflow ended as '${state}'`);
		await sleep(200);
	}
	throw new Error(`The upload form's last page did not come: ${page}`);
}

const ENTITIES = { '&amp;': '&', '&#x3D;': '=', '&#x27;': "'" };

async function follow(address, headers) {
	const html = await (await fetch(address)).text();
	const [, target] = /id='redirectUrl' href='([^']+)'/.exec(html) ?? [];
	if (!target) return html;
	const decoded = target.replace(/&[^;]+;/g, (entity) => ENTITIES[entity] ?? entity);
	return await (await fetch(decoded, { headers })).text();
}

/** Sends a file as the body of a request, as another system does. Returns the answer's JSON and status. */
export async function uploadByApi({ apiHeader }, address, file, type = 'application/json') {
	const response = await fetch(`${address}?fileName=${encodeURIComponent(basename(file))}`, {
		method: 'POST',
		headers: { [apiHeader.name]: apiHeader.value, 'content-type': type },
		body: readFileSync(file),
	});
	return { status: response.status, body: await response.json() };
}

/** The id in the page that the upload form leads to. */
export function importIdOf(page) {
	const [, id] = page.match(/\bimport (\d+)\b/) ?? [];
	if (!id)
		throw new Error(
			`The upload form did not tell the import: ${page.replace(/<[^>]+>/g, ' ').slice(0, 500)}`,
		);
	return Number(id);
}

/** The import with this id, once it has ended. */
export async function endedImport(desk, id, withinMs = 120_000) {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const [found] = await desk.fleet('import', 'get', { import: byId(String(id)) });
		if (found.state === 'done' || found.state === 'failed') return found;
		if (Date.now() > deadline) throw new Error(`Import ${id} did not end: ${JSON.stringify(found)}`);
		await sleep(100);
	}
}
