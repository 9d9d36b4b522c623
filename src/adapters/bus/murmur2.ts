const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/**
 * The hash by which Kafka's own clients choose a key's partition, as a signed 32-bit integer. Source:
 * `murmur2` of org.apache.kafka.common.utils.Utils.
 */
export function murmur2(bytes: Uint8Array): number {
	const { length } = bytes;
	const view = new DataView(bytes.buffer, bytes.byteOffset, length);
	let hash = SEED ^ length;
	let at = 0;
	for (; at + 4 <= length; at += 4) {
		let k = Math.imul(view.getInt32(at, true), M);
		k = Math.imul(k ^ (k >>> R), M);
		hash = Math.imul(hash, M) ^ k;
	}
	const rest = length - at;
	if (rest > 0) {
		for (let index = rest - 1; index >= 0; index -= 1) hash ^= view.getUint8(at + index) << (8 * index);
		hash = Math.imul(hash, M);
	}
	hash = Math.imul(hash ^ (hash >>> 13), M);
	return hash ^ (hash >>> 15);
}
