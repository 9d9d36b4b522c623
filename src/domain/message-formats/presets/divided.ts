import { numberOrCell } from '../../mapping/cell-value';

/** For what no unit describes, e.g. thousandths of a degree. What is no number is left for the check to judge. */
export const divided =
	(by: number) =>
	(value: unknown): unknown => {
		const number = numberOrCell(value);
		return typeof number === 'number' ? number / by : value;
	};
