import {
	away,
	closed,
	describeNetworkError,
	errorText,
	type ServerPlace,
	type ServerTrouble,
	wrong,
} from '../bus/describe-network-error';
import { networkCause } from './network-cause';

/** Explains why there was no answer, or only a part of one. */
export function describeFetchError(error: unknown, place: ServerPlace): ServerTrouble {
	const cause = networkCause(error);
	const where = `${place.what} at ${place.host}:${place.port}`;
	const trouble = describeNetworkError(cause, place);
	if (trouble?.message.includes('certificate')) {
		return wrong(
			trouble.message,
			'Use the host name that the certificate is for; for an authority of your own set NODE_EXTRA_CA_CERTS to its certificate for n8n.',
		);
	}
	if (trouble) return trouble;
	if (/terminated|other side closed|aborted/.test(errorText(cause))) return closed(where, place.tls);
	return away(`${where} cannot be used: ${errorText(cause)}`, 'Check the address.');
}
