import { isIP } from 'node:net';

/**
 * For a connection to `host` whose certificate is checked, against `ca` (PEM) where it is given. Node names the server
 * only when it is told to; without a name, one that stands before many does not know whose certificate to show.
 */
export function tlsOptions(
	host: string,
	ca: string | undefined,
): { readonly ca?: string; readonly servername?: string } {
	return { ...(ca?.trim() ? { ca } : {}), ...(isIP(host) ? {} : { servername: host }) };
}
