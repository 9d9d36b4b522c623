import { UnreadableFileError } from '../../app/errors';
import type { JsonHandler } from './json-handler';
import { isBlank, JsonValue } from './json-value';

const MAX_ELEMENT_BYTES = 10_000_000;
/** What is not wanted may be larger, but it has to be passed. */
const MAX_SKIPPED_BYTES = 100_000_000;
const MAX_MEMBER_BYTES = 10_000;
/** Objects below are values like any other: no list is looked for in them. */
const MAX_PATH_DEPTH = 32;

const [LF, QUOTE, COMMA, SLASH, COLON] = [0x0a, 0x22, 0x2c, 0x2f, 0x3a];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What is expected next, or that a value is being skipped. */
type State =
	'root' | 'firstName' | 'name' | 'colon' | 'value' | 'afterValue' | 'first' | 'element' | 'after' | 'inside';

/**
 * Finds the lists in a JSON text, in UTF-8 or any encoding like ASCII, that comes in pieces, and the borders of their
 * elements, without making values of it. Objects outside of lists are gone into, lists inside of elements are part of
 * them. Several values after each other are elements of the path null. Throws `UnreadableFileError` with line and
 * column where the borders cannot be told, and for an element of more than ten million bytes.
 */
export class JsonScanner {
	/** Values outside of any list and object so far. */
	roots = 0;
	private bytes: Buffer = Buffer.alloc(0);
	private state: State = 'root';
	private line = 1;
	/** Bytes from the beginning of `bytes` back to that of the line. */
	private lineStart = 0;
	private readonly path: string[] = [];
	private inObject = 0;
	/** Of the list whose elements are being told. */
	private list: string | null = null;
	/** Where the value or name that is being passed begins in `bytes`, and in the file. */
	private start = 0;
	/** What of it came in earlier pieces, if it is kept, and how much that was. */
	private held: Buffer[] = [];
	private bytesBefore = 0;
	private startLine = 0;
	private startColumn = 0;
	private isName = false;
	/** Of an object outside of lists. */
	private isMember = false;
	private readonly value = new JsonValue({
		newLine: (at) => this.newLine(at),
		fail: (at, expected) => this.fail(at, expected),
	});
	private isKept = false;
	private isObject = false;

	constructor(
		private readonly handler: JsonHandler,
		/** The file's own values are the elements, instead of what lists there are in them. */
		private readonly rootsAreElements = false,
	) {}

	push(chunk: Buffer): void {
		if (this.state === 'inside') this.hold(this.bytes.subarray(this.start));
		this.lineStart -= this.bytes.length;
		this.bytes = chunk;
		this.start = 0;
		this.scan();
	}

	private hold(begun: Buffer): void {
		this.bytesBefore += begun.length;
		if (this.isMember && this.bytesBefore > MAX_MEMBER_BYTES) this.isKept = false;
		if (this.isKept) this.held.push(begun);
		else this.held = [];
		const most = this.isKept ? MAX_ELEMENT_BYTES : MAX_SKIPPED_BYTES;
		if (this.bytesBefore <= most) return;
		const hint = 'Split it, or choose the list that is meant by its dotted path.';
		const message = `The value at line ${this.startLine} has more than ${most / 1e6} million bytes`;
		throw new UnreadableFileError(message, hint);
	}

	/** There are no more bytes. Throws `UnreadableFileError` where something has begun and not ended. */
	end(): void {
		if (this.state === 'inside' && this.value.endsWithFile) this.leave(this.bytes.length);
		if (this.state === 'inside')
			this.fail(this.bytes.length, this.value.isText ? 'a closing quote' : "'}' or ']'");
		if (this.state !== 'root') this.fail(this.bytes.length, this.list !== null ? "',' or ']'" : "'}'");
	}

	private fail(at: number, expected: string): never {
		const place = `line ${this.line}, column ${at - this.lineStart + 1}`;
		throw new UnreadableFileError(
			`The file is no JSON: it breaks off at ${place}: expected ${expected}`,
			'Mend the file there, or export it again; a JSON checker shows the place.',
		);
	}

	private scan(): void {
		const { bytes } = this;
		let at = 0;
		while (at < bytes.length) {
			if (this.state === 'inside') {
				at = this.value.pass(bytes, at);
				if (at < 0) return;
				this.leave(at);
				continue;
			}
			const byte = bytes[at] ?? 0;
			if (isBlank(byte)) {
				at += 1;
				if (byte === LF) this.newLine(at);
				continue;
			}
			at = this.step(byte, at);
		}
	}

	private newLine(at: number): void {
		this.line += 1;
		this.lineStart = at;
	}

	/** Takes what is neither blank nor inside of a value that is passed; gives where it goes on. */
	private step(byte: number, at: number): number {
		switch (this.state) {
			case 'firstName':
			case 'name':
				if (byte === OBJECT_END && this.state === 'firstName') return this.leaveObject(at);
				if (byte !== QUOTE) this.fail(at, 'a name in double quotes');
				return this.enter(at, byte, true);
			case 'colon':
				if (byte !== COLON) this.fail(at, "':'");
				this.state = 'value';
				return at + 1;
			case 'afterValue':
				if (byte === OBJECT_END) return this.leaveObject(at);
				if (byte !== COMMA) this.fail(at, "',' or '}'");
				this.state = 'name';
				return at + 1;
			case 'after':
				if (byte !== COMMA && byte !== LIST_END) this.fail(at, "',' or ']'");
				if (byte === LIST_END) return this.leaveList(at);
				this.state = 'element';
				return at + 1;
			case 'first':
			case 'element':
				// A comma behind the last element is let pass.
				if (byte === LIST_END) return this.leaveList(at);
				return this.enter(at, byte, false);
			default:
				return this.stepValue(byte, at);
		}
	}

	private stepValue(byte: number, at: number): number {
		const isRoot = this.state === 'root';
		if (isRoot) {
			// Objects after each other may be separated like those of a list, or by the RS of RFC 7464.
			if (byte === 0x1e || (byte === COMMA && this.roots > 0 && this.rootsAreElements)) return at + 1;
			this.roots += 1;
			if (this.roots > 1 && byte !== OBJECT) this.fail(at, 'the end of the file');
			if (this.rootsAreElements || this.roots > 1) return this.enter(at, byte, false);
		}
		if (byte === OBJECT && this.inObject < MAX_PATH_DEPTH) {
			this.inObject += 1;
			this.state = 'firstName';
			return at + 1;
		}
		if (byte === LIST) {
			this.list = this.path.join('.');
			this.state = 'first';
			this.handler.list?.(this.list);
			return at + 1;
		}
		return this.enter(at, byte, false);
	}

	private leaveObject(at: number): number {
		this.inObject -= 1;
		return this.leaveList(at);
	}

	private leaveList(at: number): number {
		this.list = null;
		this.path.length = Math.max(0, this.inObject - 1);
		this.state = this.inObject === 0 ? 'root' : 'afterValue';
		return at + 1;
	}

	/** The path whose element is being passed; undefined for what is no element of any. */
	private elementPath(): string | null | undefined {
		if (this.list !== null) return this.list;
		return this.inObject === 0 ? null : undefined;
	}

	private enter(at: number, byte: number, isName: boolean): number {
		if (byte === COMMA || byte === COLON || byte === OBJECT_END || byte === LIST_END || byte === SLASH) {
			this.fail(at, byte === SLASH ? 'a value, as JSON has no comments' : 'a value');
		}
		const path = isName ? undefined : this.elementPath();
		this.state = 'inside';
		this.isName = isName;
		this.isMember = !isName && path === undefined;
		this.isKept =
			isName || (path === undefined ? this.handler.member !== undefined : this.handler.wants(path));
		this.start = at;
		this.bytesBefore = 0;
		this.startLine = this.line;
		this.startColumn = at - this.lineStart + 1;
		this.isObject = byte === OBJECT;
		this.value.begin(byte === QUOTE);
		return byte === QUOTE ? at + 1 : at;
	}

	private leave(end: number): void {
		if (this.isName) {
			this.path.length = this.inObject - 1;
			this.path.push(this.nameOf(this.keptUpTo(end)));
			this.state = 'colon';
			return;
		}
		const path = this.elementPath();
		if (path === undefined) {
			this.state = 'afterValue';
			if (!this.isObject) this.handler.member?.(this.path, this.isKept ? this.keptUpTo(end) : null);
			return;
		}
		this.state = path === null ? 'root' : 'after';
		const { startLine: line, startColumn: column } = this;
		const { names, depth } = this.value;
		const bytes = this.isKept ? this.keptUpTo(end) : null;
		this.handler.element(path, this.isObject, bytes && { bytes, line, column, names, depth });
	}

	private keptUpTo(end: number): Buffer {
		const last = this.bytes.subarray(this.start, end);
		if (this.held.length === 0) return last;
		const bytes = Buffer.concat([...this.held, last]);
		this.held = [];
		return bytes;
	}

	private nameOf(bytes: Buffer): string {
		try {
			return String(JSON.parse(bytes.toString()));
		} catch {
			return this.fail(this.start, 'a name in double quotes');
		}
	}
}
