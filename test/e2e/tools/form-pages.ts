import { type Browser, chromium, type Page } from 'playwright-core';
import { locateService } from '../../lib/services/describe-with';
import type { FleetN8n } from '../lib/start-fleet';

/** A person before a form of this n8n, logged in. */
export interface FormPages {
	readonly page: Page;
	/** Opens the form anew. */
	open(path: string): Promise<void>;
	/** Fills in the field with this label: text, or the list's entry that begins so. */
	fill(label: string, value: string): Promise<void>;
	/** Chooses a file for the page's file field. */
	attach(fileName: string, text: string): Promise<void>;
	/** What the field with this label holds; of a list the chosen entry's text. */
	valueOf(label: string): Promise<string>;
	/** Sends the page and waits for the text on the one that follows; resolves with all of that. */
	submit(untilText: string): Promise<string>;
	close(): Promise<void>;
}

export async function openFormPages(n8n: FleetN8n): Promise<FormPages> {
	const browser: Browser = await chromium.launch({
		executablePath: locateService('chromium'),
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
	});
	const context = await browser.newContext({
		httpCredentials: { username: n8n.formUser, password: n8n.formPassword },
		viewport: { width: 900, height: 2_200 },
	});
	const page = await context.newPage();
	const field = (label: string) => page.getByLabel(label);
	return {
		page,
		open: async (path) => void (await page.goto(new URL(`/form/${path}`, n8n.url).href)),
		fill: async (label, value) => {
			const options = await field(label).locator('option').allInnerTexts();
			if (options.length === 0) return await field(label).fill(value);
			const found = options.find((option) => option.startsWith(value)) ?? value;
			await field(label).selectOption({ label: found });
		},
		attach: async (name, text) => {
			const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
			await page.locator('input[type=file]').setInputFiles(file);
		},
		valueOf: async (label) => await field(label).inputValue(),
		submit: async (untilText) => {
			await page.locator('#submit-btn').click();
			await page.getByText(untilText).first().waitFor({ timeout: 30_000 });
			return (await page.locator('body').innerText()).replace(/\s+/g, ' ');
		},
		close: async () => await browser.close(),
	};
}
