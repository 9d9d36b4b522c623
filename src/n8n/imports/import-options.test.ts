import { DEFAULT_IMPORT_OPTIONS } from '../../domain/import';
import { importOptions, recordTypeOf, resumeChanges } from './import-options';

const reading = (parameters: Readonly<Record<string, unknown>>) => (name: string, fallback: unknown) =>
	parameters[name] ?? fallback;
const read = (parameters: Readonly<Record<string, unknown>>) => importOptions(reading(parameters));
const mapped = (columns: object, more: object = {}) => ({
	mapping: 'columns',
	'columns.value': columns,
	...more,
});

test('a node without settings asks for nothing special, so that an earlier mapping may be used', () => {
	expect(read({})).toEqual(DEFAULT_IMPORT_OPTIONS);
	expect(read({ mapping: 'automatic', matchBy: 'auto', fileOptions: {} })).toEqual(DEFAULT_IMPORT_OPTIONS);
});

test('columns, attributes and their settings become a mapping', () => {
	const { mapping } = read(
		mapped(
			{
				'vehicle.vin': 'Chassis',
				'vehicle.plate': '',
				'status.attributes.speed': 'v.kmh',
				'vehicle.year': null,
			},
			{
				'attributes.attribute': [
					{
						column: ' Tank (gal) ',
						name: 'tank',
						record: 'vehicle',
						unit: 'gal',
						write: 'keep',
						type: 'text',
					},
					{ column: 'Colour', name: '', record: 'customer', dateOrder: '', write: 'overwrite' },
				],
				'fieldSettings.field': [
					{ field: 'vehicle.vin', write: 'fillEmpty' },
					{ field: 'status.attributes.speed', unit: 'mph', decimalMark: 'comma' },
					{ field: 'vehicle.make', write: 'keep' },
				],
				others: 'ignore',
				matchBy: 'vin',
				fileOptions: { dateOrder: 'monthFirst', timeZone: 'Europe/Berlin' },
			},
		),
	);
	expect(mapping).toEqual({
		columns: [
			{ column: 'Chassis', record: 'vehicle', field: 'vin', write: 'fillEmpty' },
			{
				...{ column: 'v.kmh', record: 'status', field: 'attributes.speed' },
				...{ unit: 'mph', decimalMark: 'comma' },
			},
			{
				...{ column: 'Tank (gal)', record: 'vehicle', field: 'attributes.tank' },
				...{ type: 'text', unit: 'gal', write: 'keep' },
			},
			{ column: 'Colour', record: 'customer', field: 'attributes.Colour' },
		],
		...{ others: 'ignore', matchBy: 'vin', dateOrder: 'monthFirst', timeZone: 'Europe/Berlin' },
	});
});

test('a match key or an order of dates goes with recognised columns, too', () => {
	const plain = { columns: [], others: 'recognise' };
	expect(read({ matchBy: 'plate' }).mapping).toEqual({ ...plain, matchBy: 'plate' });
	expect(read({ fileOptions: { decimalMark: 'comma' } }).mapping).toEqual({
		...plain,
		...{ matchBy: 'auto', decimalMark: 'comma' },
	});
});

test('says how the bytes are read', () => {
	const fileOptions = { delimiter: '\\t', encoding: ' utf-16le', headerRow: 0, sheet: '', listPath: 'a.b' };
	expect(read({ fileOptions }).dialect).toEqual({
		...{ delimiter: '\t', encoding: 'utf-16le', headerRow: 0, listPath: 'a.b' },
	});
	expect(read({ fileOptions: { delimiter: ' ' } }).dialect).toEqual({ delimiter: ' ' });
	expect(read({ fileOptions: { stopAtBadPercent: 0 } }).maxBadShare).toBe(0);
	expect(read({ fileOptions: { stopAtBadPercent: 100 } }).maxBadShare).toBe(1);
});

test('takes a format of status messages where the rows are such', () => {
	expect(read({ recordType: 'statuses', format: 'traccar' }).format).toMatchObject({ preset: 'traccar' });
	expect(read({ recordType: 'vehicles', format: 'traccar' }).format).toBeNull();
	expect(read({ recordType: 'statuses' }).format).toBeNull();
	const custom = read({ recordType: 'statuses', format: 'custom', vehiclePath: 'id', timePath: 'at' });
	expect(custom.format).toMatchObject({ preset: 'custom', mapping: { vehicle: 'id', time: 'at' } });
});

test.each([
	[{ recordType: 'cars' }, "There are no records called 'cars'"],
	[{ mode: 'upsert' }, "'upsert' in Mode is none of its choices"],
	[{ fileOptions: { delimiter: ';;' } }, "';;' in Delimiter is not one character"],
	[{ fileOptions: { dateOrder: 'DMY' } }, "'DMY' in Dates Are Written is none of its choices"],
	[{ fileOptions: { headerRow: -1 } }, "'-1' in Header Row is no number from 0 to 1000000"],
	[{ fileOptions: { stopAtBadPercent: 'all' } }, "'all' in Stop at Bad Rows is no number from 0 to 100"],
	[mapped({}), 'No column is mapped'],
	[mapped({}, { 'attributes.attribute': [{ column: ' ' }] }), 'Attributes, row 1 names no column'],
	[
		mapped({}, { 'attributes.attribute': [{ column: 'a', unit: 'furlong' }] }),
		"'furlong' in Attributes, row 1, Unit is none of its choices",
	],
	[{ recordType: 'statuses', format: 'custom' }, 'Vehicle is missing'],
])('refuses %j, and says where', (parameters, message) => {
	const get = reading(parameters);
	expect(() => {
		recordTypeOf(get);
		importOptions(get);
	}).toThrow(message);
});

test('an answer is added to what the import was asked for', () => {
	const fileOptions = { delimiter: ';' };
	const options = read(mapped({ 'vehicle.vin': 'V' }, { others: 'ignore', fileOptions }));
	const before = { options };
	expect(resumeChanges({}, before)).toEqual({});
	expect(resumeChanges({ dateOrder: 'dayFirst' }, before)).toEqual({
		mapping: { ...options.mapping, dateOrder: 'dayFirst' },
	});
	expect(resumeChanges({ decimalMark: 'comma' }, { options: DEFAULT_IMPORT_OPTIONS })).toEqual({
		mapping: { columns: [], others: 'recognise', matchBy: 'auto', decimalMark: 'comma' },
	});
	expect(resumeChanges({ headerRow: 3, stopAtBadPercent: 50 }, before)).toEqual({
		...{ dialect: { delimiter: ';', headerRow: 3 }, maxBadShare: 0.5 },
	});
});
