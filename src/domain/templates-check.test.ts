import { InvalidFieldError } from './errors';
import { TEMPLATE_FIELDS } from './templates';
import { checkTemplate, templateAttributes } from './templates-check';

function refusal(text: string): InvalidFieldError {
	try {
		checkTemplate('actions[0].subject', text);
	} catch (error) {
		if (error instanceof InvalidFieldError) return error;
		throw error;
	}
	throw new Error(`'${text}' was not refused`);
}

describe('checkTemplate', () => {
	it('accepts every listed field, attributes, sections and comments', () => {
		const all = TEMPLATE_FIELDS.map((name) => `{{${name}}}`).join(' ');
		expect(() => checkTemplate('text', all)).not.toThrow();
		expect(() =>
			checkTemplate(
				'text',
				'{{! a note }}{{attributes.fuel level}} {{^customer.email}}none{{/customer.email}}',
			),
		).not.toThrow();
		expect(() => checkTemplate('text', 'no field, { brace } and }} too')).not.toThrow();
	});

	it.each([
		['{{vehicle.plat}}', '{{vehicle.plate}}'],
		['{{Vehicle.Plate}}', '{{vehicle.plate}}'],
		['{{plate}}', '{{vehicle.plate}}'],
		['{{customer.mail}}', '{{customer.email}}'],
		['{{attribute.fuelLevel}}', '{{attributes.fuelLevel}}'],
		['{{fuelLevel}}', '{{attributes.fuelLevel}}'],
		['{{#vehicle.vinn}}x{{/vehicle.vinn}}', '{{vehicle.vin}}'],
		['{{#vehicle.vin}}{{vehicle.modell}}{{/vehicle.vin}}', '{{vehicle.model}}'],
	])('refuses the unknown field in %s and names the nearest', (text, nearest) => {
		const error = refusal(text);
		expect(error.field).toBe('actions[0].subject');
		expect(error.message).toContain('unknown field');
		expect(error.hint).toContain(`Did you mean ${nearest}?`);
	});

	it('lists the fields where none is near', () => {
		expect(refusal('{{zzz.qqqqqqqqqqq}}').hint).toMatch(/^Known fields: vehicle\.id, /);
		expect(refusal('{{attributes.}}').message).toContain("'attributes.'");
		expect(refusal('{{.}}').message).toContain("'.'");
		expect(refusal('{{constructor.name}}').message).toContain("'constructor.name'");
	});

	it.each([
		'{{vehicle.plate',
		'{{#vehicle.plate}}',
		'{{/vehicle.plate}}',
		'{{#vehicle.vin}}{{/vehicle.plate}}',
	])('refuses the broken template %s', (text) => {
		expect(refusal(text).message).toMatch(/is broken: Un(closed|opened)/);
	});

	it('refuses raw output, partials, changed delimiters and texts without an end', () => {
		expect(refusal('{{{vehicle.plate}}}').hint).toContain('{{vehicle.plate}}');
		expect(refusal('{{&vehicle.plate}}').message).toContain('raw output');
		expect(refusal('{{>other}}').message).toContain('{{>other}}');
		expect(refusal('{{=<% %>=}}<% vehicle.plate %>').message).toContain('not supported');
		expect(refusal('x'.repeat(20_001)).message).toContain('20001');
	});
});

describe('templateAttributes', () => {
	it('names each once, in sections too', () => {
		expect(
			templateAttributes(
				'{{vehicle.plate}} {{attributes.fuel level}}{{#attributes.doorOpen}}{{attributes.a.b}}' +
					'{{^attributes.x}}{{! attributes.no }}{{/attributes.x}}{{/attributes.doorOpen}}{{attributes.a.b}}',
			),
		).toEqual(['fuel level', 'doorOpen', 'a.b', 'x']);
	});
});
