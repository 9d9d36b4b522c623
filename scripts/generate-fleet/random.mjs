/**
 * A generator of pseudo-random numbers with a seed (mulberry32): small, and the same on every machine, which
 * `Math.random` is not.
 */
export function randomOf(seed) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const integer = (low, high) => low + Math.floor(next() * (high - low + 1));
	return {
		/** At least `low`, less than `high`. */
		number: (low, high) => low + next() * (high - low),
		/** Both ends included. */
		integer,
		pick: (list) => list[integer(0, list.length - 1)],
		letters: (count, alphabet) =>
			Array.from({ length: count }, () => alphabet[integer(0, alphabet.length - 1)]).join(''),
		chance: (probability) => next() < probability,
	};
}
