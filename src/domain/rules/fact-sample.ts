import type { Facts } from './facts';

/** How many reports are looked at to learn how selective conditions are. */
const SAMPLE_SIZE = 512;
/** Each sample is drawn this many times sparser than the one before, so that learning costs less and less. */
const SPARSER = 16;

/** Draws samples from the reports that go by. */
export class FactSample {
	private drawing: Facts[] = [];
	private seen = 0;
	private drawEvery = 1;
	/** The last sample that is whole; empty before the first is. */
	drawn: readonly Facts[] = [];

	/** True when another sample is whole. Copies what it keeps, not the attributes. */
	add(facts: Facts): boolean {
		if (this.seen++ % this.drawEvery !== 0) return false;
		const { vehicleId, customerId, attributes, position, at, vehicleAttributes, customerAttributes } = facts;
		this.drawing.push({
			vehicleId,
			customerId,
			attributes,
			position,
			at,
			vehicleAttributes,
			customerAttributes,
		});
		if (this.drawing.length < SAMPLE_SIZE) return false;
		this.drawn = this.drawing;
		this.drawing = [];
		this.drawEvery *= SPARSER;
		return true;
	}
}
