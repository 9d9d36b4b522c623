import { SilentServerError } from './describe-network-error';

/** The reply, unless none comes for `ms`: then rejects with a `SilentServerError`, whatever still comes. */
export async function inTime<T>(reply: Promise<T>, ms: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const silence = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new SilentServerError(`No answer in ${ms} ms`)), ms);
	});
	try {
		return await Promise.race([reply, silence]);
	} finally {
		clearTimeout(timer);
	}
}
