export interface JsonErrorPlace {
	/** Both 1-based. */
	readonly line: number;
	readonly column: number;
	readonly expected: string;
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Where a text stops being JSON (RFC 8259), which `JSON.parse` does not tell for all errors; null when it does not.
 * For texts that `JSON.parse` refused: it is not fast.
 */
export function locateJsonError(text: string): JsonErrorPlace | null {
	let at = 0;
	const take = (pattern: RegExp): boolean => {
		pattern.lastIndex = at;
		const found = pattern.exec(text);
		if (found) at += found[0].length;
		return found !== null;
	};
	const next = (): string => {
		take(SPACE);
		return text[at] ?? '';
	};
	const broken = (expected: string): JsonErrorPlace => {
		const before = text.slice(0, at);
		return { line: before.split('\n').length, column: at - before.lastIndexOf('\n'), expected };
	};

	/** The brackets that are open; a stack of its own, so that deep nesting cannot overflow the call stack. */
	const open: string[] = [];
	for (;;) {
		const char = next();
		if (char === '[' || char === '{') {
			at += 1;
			open.push(char);
			if (next() !== (char === '[' ? ']' : '}')) {
				if (char === '[') continue;
				const key = takeKey();
				if (key) return key;
				continue;
			}
			at += 1;
			open.pop();
		} else if (!(char === '"' ? take(STRING) : take(SCALAR))) {
			return broken(char === '"' ? 'a text that ends with a quote' : 'a value');
		}
		// A value has ended: what comes next closes brackets, or begins the next value.
		for (;;) {
			const after = next();
			const inside = open.at(-1);
			if (!inside) return after === '' ? null : broken('the end of the file');
			if (after === ',') {
				at += 1;
				if (inside === '[') break;
				next();
				const key = takeKey();
				if (key) return key;
				break;
			}
			if (after !== (inside === '[' ? ']' : '}')) return broken(`',' or '${inside === '[' ? ']' : '}'}'`);
			at += 1;
			open.pop();
		}
	}

	function takeKey(): JsonErrorPlace | null {
		if (!take(STRING)) return broken('a name in double quotes');
		if (next() !== ':') return broken("':'");
		at += 1;
		return null;
	}
}
