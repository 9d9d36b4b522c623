import { chromium } from 'playwright-core';

/** Fills in the upload form as a person does, in a headless Chromium. Resolves with the text of the page that it leads to. */
export function uploadInBrowser(executablePath, screenshots = {}) {
	return async (n8n, address, file) => {
		const browser = await chromium.launch({
			executablePath,
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--disable-background-networking',
				'--disable-sync',
			],
		});
		try {
			const context = await browser.newContext({
				httpCredentials: { username: n8n.formUser, password: n8n.formPassword },
				viewport: { width: 1000, height: 900 },
			});
			const page = await context.newPage();
			await page.goto(address);
			await page.locator('input[type=file]').setInputFiles(file);
			if (screenshots.form) await page.screenshot({ path: screenshots.form });
			await page.locator('#submit-btn').click();
			await page.getByText(/\bimport \d+$/).waitFor({ timeout: 60_000 });
			if (screenshots.done) await page.screenshot({ path: screenshots.done });
			return await page.locator('body').innerText();
		} finally {
			await browser.close();
		}
	};
}
