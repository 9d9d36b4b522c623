export function addressesOf(url: string, folder?: string): { readonly form: string; readonly api: string };
