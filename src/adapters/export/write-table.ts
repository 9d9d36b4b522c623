import { Readable } from 'node:stream';
import type { TableWriter } from '../../app/ports/table-writer';
import { writeCsv } from './write-csv';
import { writeJson, writeNdjson } from './write-json';
import { writeXlsx } from './write-xlsx';

export const writeTable: TableWriter = (table, options) => {
	switch (options.format) {
		case 'csv':
			return textStream(writeCsv(table, options));
		case 'json':
			return textStream(writeJson(table));
		case 'ndjson':
			return textStream(writeNdjson(table));
		case 'xlsx':
			return writeXlsx(table);
	}
};

const textStream = (pieces: AsyncIterable<string>) => Readable.from(pieces, { objectMode: false });
