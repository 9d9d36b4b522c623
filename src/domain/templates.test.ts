import { renderAddresses, renderLine, renderTemplate, TEMPLATE_FIELDS } from './templates';
import type { TemplateContext } from './templates';

const context: TemplateContext = {
	vehicle: {
		id: 7,
		vin: '1M8GDM9AXKP042788',
		plate: 'B FL 1',
		externalId: null,
		name: 'Big & <Red>',
		make: null,
		model: null,
		year: 2021,
	},
	customer: { id: 3, externalId: 'c3', name: 'Ada', email: 'ada@example.com', phone: null },
	rule: { name: 'Low fuel', severity: 'warning' },
	firing: {
		openedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
		severity: 'critical',
		clearedAt: Date.UTC(2026, 0, 2, 4, 4, 5),
	},
	occasion: 'cleared',
	status: { reportedAt: Date.UTC(2026, 0, 2, 3, 4, 5), position: { latitude: 52.5, longitude: 13.4 } },
	attributes: { fuelLevel: 0, 'tyre.front left': 2.1, ignition: false, note: 'a\r\nBcc: evil@example.com' },
};

describe('renderTemplate', () => {
	it('fills in records, times and attributes as plain text', () => {
		expect(
			renderTemplate(
				'{{vehicle.name}} {{vehicle.year}} {{customer.name}} {{firing.openedAt}} {{status.latitude}} ' +
					'{{attributes.fuelLevel}} {{attributes.tyre.front left}} {{attributes.ignition}}',
				context,
			),
		).toBe('Big & <Red> 2021 Ada 2026-01-02T03:04:05.000Z 52.5 0 2.1 false');
	});

	it('renders a field without a value empty', () => {
		const bare = { ...context, customer: null, status: { reportedAt: 0, position: null } };
		expect(
			renderTemplate(
				'[{{customer.email}}{{vehicle.make}}{{status.latitude}}{{attributes.x}}{{no.such}}]',
				bare,
			),
		).toBe('[]');
	});

	it('tells what became of the firing', () => {
		const text =
			'{{firing.occasion}} {{firing.severity}}{{#firing.clearedAt}} at {{firing.clearedAt}}{{/firing.clearedAt}}';
		expect(renderTemplate(text, context)).toBe('cleared critical at 2026-01-02T04:04:05.000Z');
		const open: TemplateContext = {
			...context,
			firing: { openedAt: 0, severity: 'info', clearedAt: null },
			occasion: 'fired',
		};
		expect(renderTemplate(text, open)).toBe('fired info');
	});

	it('has a value for every listed field that the records have', () => {
		const empty = TEMPLATE_FIELDS.filter((name) => renderTemplate(`{{${name}}}`, context) === '');
		expect(empty).toEqual(['vehicle.externalId', 'vehicle.make', 'vehicle.model', 'customer.phone']);
	});

	it('knows nothing of what objects inherit, inside sections neither', () => {
		expect(
			renderTemplate(
				'{{constructor.name}}{{attributes.constructor}}{{#vehicle.vin}}{{length}}{{constructor}}{{.}}{{/vehicle.vin}}',
				context,
			),
		).toBe('');
	});

	it('shows a section for a 0 and hides it for false and for no value', () => {
		expect(
			renderTemplate(
				'{{#attributes.fuelLevel}}fuel {{attributes.fuelLevel}}{{/attributes.fuelLevel}}' +
					'{{#attributes.ignition}}on{{/attributes.ignition}}{{^vehicle.make}}, no make{{/vehicle.make}}',
				context,
			),
		).toBe('fuel 0, no make');
	});
});

describe('renderLine', () => {
	it('stays on one line whatever is in template and values', () => {
		expect(renderLine('Note:\n{{attributes.note}}\u2028{{{attributes.note}}}', context)).toBe(
			'Note: a Bcc: evil@example.com a Bcc: evil@example.com',
		);
	});
});

describe('renderAddresses', () => {
	const withEmail = (email: string | null): TemplateContext => ({
		...context,
		customer: { id: 1, externalId: null, name: 'Ada', email, phone: null },
	});

	it('keeps the addresses that the template lists', () => {
		expect(renderAddresses('ops@example.com , {{customer.email}}', context)).toBe(
			'ops@example.com, ada@example.com',
		);
	});

	it('leaves out what renders empty', () => {
		expect(renderAddresses('{{customer.email}}, ops@example.com', withEmail(null))).toBe('ops@example.com');
		expect(renderAddresses('{{customer.email}}', withEmail(null))).toBe('');
	});

	it.each([
		'a@example.com, evil@example.org',
		'a@example.com;evil@example.org',
		'a@example.com evil@example.org',
		'<evil@example.org>',
		'a@example.com\r\nBcc: evil@example.org',
	])('does not let the value %j add a recipient', (email) => {
		const rendered = renderAddresses('{{customer.email}}', withEmail(email));
		expect(rendered).not.toMatch(/[\s,;:<>]/);
		expect(rendered).toContain('_');
	});
});
