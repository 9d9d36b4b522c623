import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { UnreadableFileError } from '../../app/errors';

const inflate = promisify(inflateRaw);

function damaged(): UnreadableFileError {
	return new UnreadableFileError('The workbook is damaged', 'Open it in a spreadsheet and save it again.');
}

/** Offset of the end-of-central-directory record, which a comment of up to 64 KB may follow. */
function findDirectoryEnd(zip: Buffer): number {
	const last = zip.length - 22;
	for (let at = last; at >= Math.max(0, last - 65_535); at -= 1) {
		if (zip.readUInt32LE(at) === 0x06054b50) return at;
	}
	throw damaged();
}

/**
 * Inflates every entry of a ZIP file (PKWARE APPNOTE 6.3) and counts, since the sizes that it declares may lie.
 * Throws `UnreadableFileError` as soon as all entries together have more than `maxBytes`.
 */
export async function checkInflatedSize(zip: Buffer, maxBytes: number): Promise<void> {
	let left = maxBytes;
	const tooLarge = () =>
		new UnreadableFileError(
			`The workbook unpacks to more than ${maxBytes / 1_000_000} MB`,
			'Save its sheet as CSV, which may be of any size, or delete sheets and formats that are not needed.',
		);
	try {
		const end = findDirectoryEnd(zip);
		let at = zip.readUInt32LE(end + 16);
		for (let entries = zip.readUInt16LE(end + 10); entries > 0; entries -= 1) {
			if (zip.readUInt32LE(at) !== 0x02014b50) throw damaged();
			const method = zip.readUInt16LE(at + 10);
			const packed = zip.readUInt32LE(at + 20);
			const local = zip.readUInt32LE(at + 42);
			at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
			const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
			const data = zip.subarray(from, from + packed);
			if (method === 0) left -= data.length;
			else if (method !== 8) throw damaged();
			else if (data.length > 0) left -= (await inflate(data, { maxOutputLength: left + 1 })).length;
			if (left < 0) throw tooLarge();
		}
	} catch (error) {
		if (error instanceof UnreadableFileError) throw error;
		const code = (error as NodeJS.ErrnoException).code;
		throw code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : damaged();
	}
}
