const [LF, QUOTE, COMMA, COLON, BACKSLASH] = [0x0a, 0x22, 0x2c, 0x3a, 0x5c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

export const isBlank = (byte: number): boolean =>
	byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09;

/** Told of what a value has that is not its own business. */
export interface JsonPlace {
	/** A line begins at `at`. */
	newLine(at: number): void;
	/** Its end cannot be told. */
	fail(at: number, expected: string): never;
}

/** Finds the end of one JSON value, which may come in pieces, by its brackets and quotes alone. */
export class JsonValue {
	/** How many names the object has itself, those that stand twice counted twice; 0 for what is no object. */
	names = 0;
	/** Of the lists and objects in it: 1 for one that has none. */
	depth = 0;
	isText = false;
	private readonly open: number[] = [];
	private isEscaped = false;

	constructor(private readonly place: JsonPlace) {}

	/** A value begins, behind its quote where it is a text. */
	begin(isText: boolean): void {
		this.names = 0;
		this.depth = 0;
		this.isText = isText;
	}

	/** Whether a value that goes on ends where the file does: a number, true, false, null. */
	get endsWithFile(): boolean {
		return !this.isText && this.open.length === 0;
	}

	/** Where the value ends, or -1 when it goes on behind these bytes. */
	pass(bytes: Buffer, from: number): number {
		let at = from;
		while (at < bytes.length) {
			if (this.isText) {
				at = this.passText(bytes, at);
				if (this.isText) return -1;
				if (this.open.length === 0) return at;
			}
			at = this.passOthers(bytes, at);
			if (this.isText) continue;
			// A number or word at the end of these bytes may go on, a list or object that is closed may not.
			if (this.open.length === 0) return at === bytes.length && this.depth === 0 ? -1 : at;
		}
		return -1;
	}

	private passText(bytes: Buffer, from: number): number {
		let at = from;
		if (this.isEscaped) {
			this.isEscaped = false;
			at += 1;
		}
		for (; at < bytes.length; at += 1) {
			const byte = bytes[at] ?? 0;
			if (byte === QUOTE) {
				this.isText = false;
				return at + 1;
			}
			if (byte === BACKSLASH) {
				at += 1;
				if (at >= bytes.length) this.isEscaped = true;
			} else if (byte === LF) {
				this.place.fail(at, 'a closing quote');
			}
		}
		return bytes.length;
	}

	/** Goes on to the next text, or to the end of the value. */
	private passOthers(bytes: Buffer, from: number): number {
		const { open } = this;
		for (let at = from; at < bytes.length; at += 1) {
			const byte = bytes[at] ?? 0;
			if (byte === QUOTE) {
				this.isText = true;
				return at + 1;
			}
			if (byte === OBJECT || byte === LIST) {
				open.push(byte);
				if (open.length > this.depth) this.depth = open.length;
			} else if (open.length === 0) {
				if (byte === COMMA || byte === LIST_END || byte === OBJECT_END || isBlank(byte)) return at;
			} else if (byte === OBJECT_END || byte === LIST_END) {
				// The bracket that belongs to it is two characters before, for either kind.
				if (open.pop() !== byte - 2) this.place.fail(at, byte === OBJECT_END ? "',' or ']'" : "',' or '}'");
				if (open.length === 0) return at + 1;
			} else if (byte === COLON) {
				if (open.length === 1) this.names += 1;
			} else if (byte === LF) {
				this.place.newLine(at + 1);
			}
		}
		return bytes.length;
	}
}
