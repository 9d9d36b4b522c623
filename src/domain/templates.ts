import mustache from 'mustache';
import type { Attributes, AttributeValue } from './attributes';
import type { Customer } from './customer';
import type { Firing } from './rules/firing';
import type { ActionOccasion, Rule } from './rules/rule';
import type { Position } from './status';
import type { Vehicle } from './vehicle';

/** What templates may tell. Times are milliseconds since the epoch and appear as ISO 8601 in UTC. */
export interface TemplateContext {
	readonly vehicle: Pick<Vehicle, 'id' | 'vin' | 'plate' | 'externalId' | 'name' | 'make' | 'model' | 'year'>;
	readonly customer: Pick<Customer, 'id' | 'externalId' | 'name' | 'email' | 'phone'> | null;
	readonly rule: Pick<Rule, 'name' | 'severity'>;
	readonly firing: Pick<Firing, 'openedAt' | 'severity' | 'clearedAt'>;
	/** What the text tells of; a reminder repeats what was told before. */
	readonly occasion: ActionOccasion | 'lowered' | 'reminded';
	readonly status: { readonly reportedAt: number; readonly position: Position | null };
	/** Every attribute at its newest value. */
	readonly attributes: Attributes;
}

type FieldValue = AttributeValue | null | undefined;

const FIELDS: ReadonlyMap<string, (context: TemplateContext) => FieldValue> = new Map([
	['vehicle.id', ({ vehicle }: TemplateContext): FieldValue => vehicle.id],
	['vehicle.vin', ({ vehicle }) => vehicle.vin],
	['vehicle.plate', ({ vehicle }) => vehicle.plate],
	['vehicle.externalId', ({ vehicle }) => vehicle.externalId],
	['vehicle.name', ({ vehicle }) => vehicle.name],
	['vehicle.make', ({ vehicle }) => vehicle.make],
	['vehicle.model', ({ vehicle }) => vehicle.model],
	['vehicle.year', ({ vehicle }) => vehicle.year],
	['customer.id', ({ customer }) => customer?.id],
	['customer.externalId', ({ customer }) => customer?.externalId],
	['customer.name', ({ customer }) => customer?.name],
	['customer.email', ({ customer }) => customer?.email],
	['customer.phone', ({ customer }) => customer?.phone],
	['rule.name', ({ rule }) => rule.name],
	['rule.severity', ({ rule }) => rule.severity],
	['firing.openedAt', ({ firing }) => isoTime(firing.openedAt)],
	['firing.clearedAt', ({ firing }) => (firing.clearedAt === null ? null : isoTime(firing.clearedAt))],
	['firing.severity', ({ firing }) => firing.severity],
	['firing.occasion', ({ occasion }) => occasion],
	['status.reportedAt', ({ status }) => isoTime(status.reportedAt)],
	['status.latitude', ({ status }) => status.position?.latitude],
	['status.longitude', ({ status }) => status.position?.longitude],
]);

/** Every name that a template may use, but for the attributes: those are `attributes.` and any attribute's name. */
export const TEMPLATE_FIELDS: readonly string[] = [...FIELDS.keys()];

export const ATTRIBUTE_PREFIX = 'attributes.';

function isoTime(at: number): string {
	return new Date(at).toISOString();
}

function fieldOf(context: TemplateContext, name: string): FieldValue {
	if (!name.startsWith(ATTRIBUTE_PREFIX)) return FIELDS.get(name)?.(context);
	const attribute = name.slice(ATTRIBUTE_PREFIX.length);
	return Object.hasOwn(context.attributes, attribute) ? context.attributes[attribute] : undefined;
}

/**
 * Answers for the allowed names alone. Mustache's own look-up walks any object, down to `constructor`, and takes the
 * dots of an attribute's name for steps. Numbers become text, so that a section shows a 0.
 */
class FieldContext extends mustache.Context {
	constructor(
		private readonly context: TemplateContext,
		private readonly clean: (text: string) => string,
	) {
		super(null);
	}

	override push(): FieldContext {
		return this;
	}

	override lookup(name: string): string | boolean | undefined {
		const value = fieldOf(this.context, name);
		if (value === null || value === undefined) return undefined;
		return typeof value === 'boolean' ? value : this.clean(String(value));
	}
}

const writer = new mustache.Writer();

function render(text: string, context: TemplateContext, clean: (value: string) => string): string {
	// Plain text, so nothing is escaped for HTML.
	return writer.render(text, new FieldContext(context, clean), undefined, {
		escape: (value: unknown) => String(value),
	});
}

/** Fills in a checked template (see `checkTemplate`); a field without a value renders empty. */
export function renderTemplate(text: string, context: TemplateContext): string {
	return render(text, context, (value) => value);
}

const LINE_BREAKERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** The same on one line, without control characters: whatever a vehicle reports cannot add a mail header. */
export function renderLine(text: string, context: TemplateContext): string {
	return renderTemplate(text, context).replace(LINE_BREAKERS, ' ').trim();
}

/**
 * The same for a list of mail addresses separated by commas: a field's value stays one address whatever is in it,
 * since what would separate or name addresses becomes `_`. Parts that render empty are left out; the result is empty
 * when no part is left.
 */
export function renderAddresses(text: string, context: TemplateContext): string {
	const rendered = render(text, context, (value) => value.trim().replace(/[\s,;:<>()"\\[\]]/g, '_'));
	return rendered
		.replace(LINE_BREAKERS, ' ')
		.split(',')
		.map((address) => address.trim())
		.filter((address) => address !== '')
		.join(', ');
}
