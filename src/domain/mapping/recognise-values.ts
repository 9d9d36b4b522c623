import type { ColumnProfile } from './column-profile';
import { FIELD_OF, isOwnAttribute } from './field-names';
import type { ImportList } from './list-names';
import type { TableColumns } from './recognise-columns';

export interface FoundByValues {
	/** Columns and the fields of the list's record that their values say they fill. */
	readonly fields: ReadonlyMap<string, string>;
	/** Columns whose values are not what their names say, while those of another column are. */
	readonly contradicted: ReadonlySet<string>;
}

const NOTHING: FoundByValues = { fields: new Map(), contradicted: new Set() };
const NEARLY_ALL = 0.95;
/** With fewer rows, models or codes may look like plates. */
const MIN_PLATES = 3;

export const isFullOfVins = ({ vins, filled }: ColumnProfile): boolean =>
	vins > 0 && vins >= filled * NEARLY_ALL;

const isFullOfPlates = ({ plates, filled, distinct, texts }: ColumnProfile): boolean =>
	plates >= MIN_PLATES && plates >= filled * NEARLY_ALL && distinct.size === texts;

const isFullOfEmails = ({ emails, filled }: ColumnProfile): boolean =>
	emails > 0 && emails >= filled * NEARLY_ALL;

export const isFullOfTimes = ({ isoTimes, filled }: ColumnProfile): boolean =>
	isoTimes > 0 && isoTimes === filled;

type Test = (profile: ColumnProfile) => boolean;

/**
 * Fields that no column has by its name, and the one column whose values can be nothing else. Of two such columns
 * neither is taken: a wrong guess is worse than none.
 */
export function findByValues(kind: ImportList, { columns, profiles }: TableColumns): FoundByValues {
	if (!profiles) return NOTHING;
	const fields = new Map<string, string>();
	const contradicted = new Set<string>();
	const named = (field: string) => columns.filter((column) => FIELD_OF[kind](column) === field);
	const unnamed = columns.filter((column) => FIELD_OF[kind](column) === undefined);

	function only(test: Test): string | undefined {
		const full = unnamed.filter((column) => {
			const profile = profiles?.get(column);
			return profile !== undefined && !isOwnAttribute(column) && test(profile);
		});
		return full.length === 1 ? full[0] : undefined;
	}

	function find(field: string, test: Test, isWrong?: Test): void {
		const holders = named(field);
		const wrong = holders.filter((column) => {
			const profile = profiles?.get(column);
			return profile !== undefined && profile.filled > 0 && isWrong?.(profile) === true;
		});
		if (wrong.length < holders.length) return;
		const column = only(test);
		if (column === undefined || fields.has(column)) return;
		fields.set(column, field);
		for (const holder of wrong) contradicted.add(holder);
	}

	if (kind === 'vehicles') {
		find('vin', isFullOfVins, ({ vins }) => vins === 0);
		find('plate', isFullOfPlates);
	} else if (kind === 'customers') {
		find('email', isFullOfEmails, ({ emails }) => emails === 0);
	} else {
		find('vehicle', isFullOfVins);
		if (kind === 'statuses') find('reportedAt', isFullOfTimes);
	}
	return { fields, contradicted };
}
