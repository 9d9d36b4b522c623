import type { JsonObject } from '../parse-status-message-values';
import type { PresetMapping } from './compile-mapping';

/** A format that is known: a mapping, and what no mapping can say. */
export interface Preset {
	/** Without one, the messages are in the product's own shape. */
	readonly mapping?: PresetMapping;
	/**
	 * Makes of one message the objects that the mapping is applied to: one a report, oldest first, none for what reports
	 * nothing. Throws `InvalidFieldError`.
	 */
	readonly expand?: (message: JsonObject) => readonly JsonObject[];
}
