import { columnOf } from './column-of';
import { planImport } from './plan-import';
import { ASKED, table } from './testing/plan';

test('the column of a field is found by what the checks of records and messages call it', () => {
	const columns = ['FIN', 'Kunde Name', 'Zeitstempel', 'Lat', 'Lon', 'Speed (mph)', 'Farbe'];
	const rows = table(columns, ['x', 'y', '2026-01-01T00:00:00Z', '1', '2', '3', 'rot']);
	const [list] = planImport(rows, { ...ASKED, recordType: 'vehicles' }).lists;
	if (!list) throw new Error('no list was planned');
	expect(columnOf(list, 'vehicle', 'vin')).toBe('FIN');
	expect(columnOf(list, 'customer', 'name')).toBe('Kunde Name');
	expect(columnOf(list, 'status', 'position.latitude')).toBe('Lat');
	expect(columnOf(list, 'status', 'reportedAt')).toBe('Zeitstempel');
	expect(columnOf(list, 'status', 'attributes.speed')).toBe('Speed (mph)');
	expect(columnOf(list, 'vehicle', 'farbe')).toBe('Farbe');
	expect(columnOf(list, 'vehicle', 'plate')).toBeNull();
});

test('a table of very many columns is planned, too', () => {
	const columns = Array.from({ length: 50_000 }, (_, index) => (index === 0 ? 'vin' : `x ${index}`));
	const [list] = planImport(table(columns, columns), ASKED).lists;
	expect(list?.columns).toHaveLength(columns.length);
});
