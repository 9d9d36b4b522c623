type Point = number[];
type Rings = readonly (readonly Point[])[];

/** Of many a polygon's points few lie near one latitude: so many of them share a band, on average. */
const POINTS_PER_BAND = 32;
const MAX_BANDS = 256;
/** Of a band's height; bands overlap, so that rounding cannot put a position beside the sides around it. */
const OVERLAP = 1e-6;

/**
 * Cuts the time that a test takes: for any position, the polygon that `at` gives for its latitude contains it just when
 * the whole one does. `rings` are closed and lie between `south` and `north`. A band is cut when it is first asked for:
 * after each change of a geofence all are made anew, and most are far from every vehicle.
 */
export class LatitudeBands {
	private readonly bands: (Point[][] | undefined)[];
	private readonly height: number;

	constructor(
		private readonly rings: Rings,
		private readonly south: number,
		north: number,
	) {
		const points = rings.reduce((sum, ring) => sum + ring.length, 0);
		const count = Math.min(MAX_BANDS, Math.ceil(points / POINTS_PER_BAND));
		this.height = (north - south) / count;
		this.bands = new Array<Point[][] | undefined>(count).fill(undefined);
	}

	at(latitude: number): Point[][] {
		const band = Math.floor((latitude - this.south) / this.height);
		const nearest = Math.max(0, Math.min(this.bands.length - 1, band));
		return (this.bands[nearest] ??= this.cut(nearest));
	}

	private cut(band: number): Point[][] {
		const low = this.south + (band - OVERLAP) * this.height;
		const high = this.south + (band + 1 + OVERLAP) * this.height;
		return this.rings.map((ring) => nearBand(ring, low, high)).filter((ring) => ring.length > 0);
	}
}

/**
 * The ring without the points whose sides do not touch the band. What is left out between two points lies wholly
 * above the band or wholly below it, and so does the side that takes its place.
 */
function nearBand(ring: readonly Point[], low: number, high: number): Point[] {
	const corners = ring.length - 1;
	const latitudeOf = (corner: number) => ring[(corner + corners) % corners]?.[1] ?? NaN;
	const touches = (from: number) => {
		const [a, b] = [latitudeOf(from), latitudeOf(from + 1)];
		return Math.min(a, b) <= high && Math.max(a, b) >= low;
	};
	const near = ring.slice(0, -1).filter((_, corner) => touches(corner - 1) || touches(corner));
	return near[0] === undefined ? [] : [...near, near[0]];
}
