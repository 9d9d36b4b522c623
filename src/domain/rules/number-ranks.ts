import { nextAbove } from './number-range';
import type { NumberRange } from './number-range';

/** Buckets a cut: with more of them, fewer numbers have to be told apart by searching. */
const BUCKETS_A_CUT = 8;
const MOST_BUCKETS = 65_536;

/**
 * The number line, cut where ranges begin and end. A number's rank is how many cuts are at or below it, so whether it
 * is in one of those ranges is a matter of two small integers. Equal buckets lead to the rank almost without a search.
 */
export class NumberRanks {
	private readonly cuts: Float64Array;
	private readonly origin: number;
	private readonly scale: number;
	private readonly lastBucket: number;
	/** The cuts of bucket `b` are at `starts[b]..starts[b + 1]`. */
	private readonly starts: Int32Array;

	constructor(ranges: Iterable<NumberRange>) {
		const cuts = new Set<number>();
		for (const { low, high } of ranges) cuts.add(low).add(nextAbove(high));
		this.cuts = Float64Array.from([...cuts].filter((cut) => Number.isFinite(cut))).sort();
		const count = this.cuts.length;
		this.origin = this.cuts[0] ?? 0;
		const span = (this.cuts[count - 1] ?? 0) - this.origin;
		this.lastBucket = Math.min(MOST_BUCKETS, count * BUCKETS_A_CUT + 1) - 1;
		this.scale = span > 0 && Number.isFinite(span) ? this.lastBucket / span : 0;
		this.starts = new Int32Array(this.lastBucket + 2);
		for (const [rank, cut] of this.cuts.entries()) this.starts[this.bucketOf(cut) + 1] = rank + 1;
		for (let bucket = 1; bucket < this.starts.length; bucket++) {
			this.starts[bucket] = Math.max(this.starts[bucket] as number, this.starts[bucket - 1] as number);
		}
	}

	/** One more than the highest rank. */
	get count(): number {
		return this.cuts.length + 1;
	}

	rankOf(value: number): number {
		const { cuts, starts } = this;
		// A larger number is never in an earlier bucket, however the division is rounded.
		const bucket = this.bucketOf(value);
		let low = starts[bucket] as number;
		let high = starts[bucket + 1] as number;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((cuts[middle] as number) <= value) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	private bucketOf(value: number): number {
		const at = (value - this.origin) * this.scale;
		if (!(at > 0)) return 0;
		return at < this.lastBucket ? at | 0 : this.lastBucket;
	}
}
