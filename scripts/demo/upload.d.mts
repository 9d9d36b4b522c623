/** What the person sees after a form: its last page, or the page that it leads to, as HTML. */
export function pageAfterForm(
	formWaitingUrl: string,
	headers: Readonly<Record<string, string>>,
): Promise<string>;
