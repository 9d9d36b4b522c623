import { UnreadableFileError } from '../app/errors';
import type { Import } from '../domain/import';
import { refusalOf } from './refused-files';

const empty = (name: string) => new UnreadableFileError(`The file '${name}' is empty`, 'Send it again.');
const taken = { id: 7, fileName: 'good.csv' } as Import;

describe('the error of refused files', () => {
	it('is the only one itself where nothing was taken', () => {
		const only = empty('a.csv');
		expect(refusalOf([only], [])).toBe(only);
	});

	it('names every file that was refused, and those that were taken', () => {
		expect(refusalOf([empty('a.csv'), new Error('disk full')], [taken])).toMatchObject({
			message: "The file 'a.csv' is empty. disk full. Taken all the same: 'good.csv' (import 7)",
			hint: 'Send it again.',
		});
	});
});
