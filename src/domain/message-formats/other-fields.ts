import { isAttributeValue } from '../attributes';
import { camelCase } from '../mapping/normalise-name';
import {
	isAttributeName,
	isJsonObject,
	isStorableText,
	type JsonObject,
} from '../parse-status-message-values';

/** What becomes of one field: `skip` when it is mapped already, else the attribute that it fills. */
interface Named {
	readonly name: string;
	convert(value: unknown, path: string): unknown;
}

interface Branch {
	readonly fields: Map<string, Branch>;
	leaf: Named | 'skip' | null;
}

export interface OtherFields {
	/** Adds what lies in `from` and is mapped to nothing else to `attributes`. */
	add(from: unknown, attributes: Record<string, unknown>): void;
}

const MAX_DEPTH = 5;

/**
 * Takes all fields as attributes, in one pass over what a message has, whatever it could have. `skipped` are paths that
 * are taken elsewhere, `named` those with a name or unit of their own; both from where `from` begins.
 */
export function otherFields(
	skipped: readonly string[],
	named: ReadonlyMap<string, Named>,
	prefix: string,
): OtherFields {
	const top = branch();
	for (const path of skipped) insert(top, path, 'skip');
	for (const [path, target] of named) insert(top, path, target);

	function walk(
		from: JsonObject,
		at: Branch | undefined,
		above: string,
		attributes: Record<string, unknown>,
		depth: number,
	): void {
		for (const field in from) {
			const value = from[field];
			if (value === null || value === undefined || value === '') continue;
			const next = at?.fields.get(field);
			const leaf = next?.leaf ?? null;
			if (leaf === 'skip') continue;
			if (leaf !== null) {
				attributes[leaf.name] = leaf.convert(value, prefix + field);
			} else if (typeof value === 'object') {
				if (depth < MAX_DEPTH && isJsonObject(value))
					walk(value, next, nameOf(above, field), attributes, depth + 1);
			} else {
				const name = above === '' ? field : nameOf(above, field);
				if (Object.hasOwn(attributes, name) || !isAttributeName(name) || !isAttributeValue(value)) continue;
				if (typeof value !== 'string' || isStorableText(value)) attributes[name] = value;
			}
		}
	}

	return {
		add(from, attributes) {
			if (isJsonObject(from)) walk(from, top, '', attributes, 1);
		},
	};
}

const nameOf = (above: string, field: string): string =>
	above === '' ? field : camelCase(`${above} ${field}`);

const branch = (): Branch => ({ fields: new Map(), leaf: null });

/** Also under the path as one name, as some senders write it. */
function insert(top: Branch, path: string, leaf: Named | 'skip'): void {
	for (const names of new Set([path.split('.'), [path]])) {
		let at = top;
		for (const name of names) {
			let next = at.fields.get(name);
			if (next === undefined) at.fields.set(name, (next = branch()));
			at = next;
		}
		at.leaf ??= leaf;
	}
}
