import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { isBlank, nameIn } from './entered-values';

/** One field of a form that is shown as a flat list, with its present value. */
export interface FlatField {
	/** The way to it through the form, in a form that the editor takes for a name. */
	readonly id: string;
	/** As errors name it, e.g. `Condition 2: Value`. */
	readonly label: string;
	readonly property: INodeProperties;
	/** Undefined where the form does not say it. */
	readonly value: unknown;
}

const BETWEEN = '__';

/** Lists that get a blank entry at their end, so that something can be added. */
const GROWING = ['row', 'action'];

/** What `form` says in these fields, and what it could say besides, in the order of the fields. */
export function flatFields(properties: readonly INodeProperties[], form: unknown): FlatField[] {
	return fieldsIn(properties, form, { path: [], label: '' });
}

interface Place {
	readonly path: readonly (string | number)[];
	readonly label: string;
}

function fieldsIn(properties: readonly INodeProperties[], form: unknown, place: Place): FlatField[] {
	// A name that has several labels, by operator, goes by the first.
	const isFirst = ({ name }: INodeProperties, index: number) =>
		properties.findIndex((other) => other.name === name) === index;
	return properties.filter(isFirst).flatMap((property) => {
		const { name } = property;
		const value = memberOf(form, name);
		const path = [...place.path, name];
		if (property.type === 'fixedCollection') return entriesOf(property, value, { path, label: place.label });
		if (property.type === 'collection') {
			return fieldsIn((property.options ?? []) as INodeProperties[], value, { path, label: place.label });
		}
		const label = [place.label, property.displayName].filter(Boolean).join(': ');
		return [{ id: path.join(BETWEEN), label, property, value: plainValue(property, value) }];
	});
}

function entriesOf(property: INodeProperties, value: unknown, { path, label }: Place): FlatField[] {
	const isList = property.typeOptions?.multipleValues === true;
	return ((property.options ?? []) as INodePropertyCollection[]).flatMap((kind) => {
		const held = memberOf(value, kind.name);
		const here = [...path, kind.name];
		if (!isList)
			return fieldsIn(kind.values, held, { path: here, label: joinLabels(label, property.displayName) });
		const entries = Array.isArray(held) ? (held as unknown[]) : [];
		const shown = GROWING.includes(kind.name) ? [...entries, undefined] : entries;
		const title = TITLES[kind.name] ?? kind.displayName;
		const owner = property.name === 'clear' ? joinLabels(label, property.displayName) : label;
		return shown.flatMap((entry, index) => {
			const own = kind.name === 'group' ? nameIn(memberOf(entry, 'name')) : '';
			const entryLabel = own || joinLabels(owner, `${title} ${index + 1}`);
			return fieldsIn(kind.values, entry, { path: [...here, index], label: entryLabel });
		});
	});
}

const TITLES: Readonly<Record<string, string>> = { row: 'Condition', step: 'Escalation' };

const joinLabels = (owner: string, name: string) => (owner === '' ? name : `${owner}, ${name.toLowerCase()}`);

function plainValue({ type }: INodeProperties, value: unknown): unknown {
	if (type === 'resourceLocator') return nameIn(value) || undefined;
	if (type === 'multiOptions') return Array.isArray(value) && value.length > 0 ? value.join(', ') : undefined;
	return value;
}

/** The form that the values of flat fields say, by their ids; an entry of a list that says nothing is left out. */
export function formOf(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const form: Record<string, unknown> = {};
	for (const [id, value] of Object.entries(values)) {
		if (isBlank(value)) continue;
		const path = id.split(BETWEEN);
		const last = path.pop() ?? '';
		let at = form;
		for (const step of path) at = (at[step] ??= {}) as Record<string, unknown>;
		at[last] = value;
	}
	return listed(form) as Record<string, unknown>;
}

/** Entries that are numbered become lists. */
function listed(part: unknown): unknown {
	if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
	const entries = Object.entries(part).map(([key, value]) => [key, listed(value)] as const);
	const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
	return isList
		? entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value)
		: Object.fromEntries(entries);
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The choices of a property that has some of its own. */
export function choicesOf({ type, options }: INodeProperties): INodePropertyOptions[] | null {
	return type === 'options' && options !== undefined ? (options as INodePropertyOptions[]) : null;
}
