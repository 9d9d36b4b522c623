import { isUtf8 } from 'node:buffer';
import type { Payload } from '../../app/ports/message-bus';

/** What arrived, as text where it is UTF-8; else as bytes of its own, which outlive the buffer it arrived in. */
export function textOrBytes(arrived: Buffer): Payload {
	return isUtf8(arrived) ? arrived.toString('utf8') : Uint8Array.from(arrived);
}
