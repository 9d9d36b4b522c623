import mustache from 'mustache';
import { MAX_ATTRIBUTE_NAME_LENGTH } from './attributes';
import { InvalidFieldError } from './errors';
import { nearestName } from './nearest-name';
import { ATTRIBUTE_PREFIX, TEMPLATE_FIELDS } from './templates';

/** Mustache's token: type, value, begin, end and, for a section, the tokens in it. */
type Token = readonly [type: string, value: string, begin: number, end: number, inner?: unknown];

const MAX_LENGTH = 20_000;
const KNOWN = new Set(TEMPLATE_FIELDS);
const FIELDS_HINT = `Known fields: ${TEMPLATE_FIELDS.join(', ')} and attributes.NAME for any attribute.`;

/**
 * Refuses what would not render as its author means it; `field` is the dotted path that the error names.
 * @throws InvalidFieldError for an unknown field (naming the nearest), a tag that is left open, raw output,
 * partials and changed delimiters.
 */
export function checkTemplate(field: string, text: string): void {
	if (text.length > MAX_LENGTH) {
		throw new InvalidFieldError(
			field,
			`${field} has ${text.length} characters, more than ${MAX_LENGTH}`,
			'Shorten the template.',
		);
	}
	checkTokens(field, parse(field, text));
}

/** The attributes that a checked template shows or asks for, each once. */
export function templateAttributes(text: string): string[] {
	return [...new Set(attributesIn(parse('text', text)))];
}

function attributesIn(tokens: readonly Token[]): string[] {
	return tokens.flatMap(([type, value, , , inner]) => {
		if (type !== 'name' && type !== '#' && type !== '^') return [];
		const own = value.startsWith(ATTRIBUTE_PREFIX) ? [value.slice(ATTRIBUTE_PREFIX.length)] : [];
		return type === 'name' ? own : [...own, ...attributesIn(inner as readonly Token[])];
	});
}

function parse(field: string, text: string): readonly Token[] {
	try {
		return new mustache.Writer().parse(text) as readonly Token[];
	} catch (error) {
		throw new InvalidFieldError(
			field,
			`The template in ${field} is broken: ${error instanceof Error ? error.message : String(error)}`,
			'Close every {{field}} with two braces, and every {{#field}} with {{/field}}.',
		);
	}
}

function checkTokens(field: string, tokens: readonly Token[]): void {
	for (const [type, value, , , inner] of tokens) {
		switch (type) {
			case 'text':
			case '!':
				break;
			case 'name':
				checkName(field, value);
				break;
			case '#':
			case '^':
				checkName(field, value);
				checkTokens(field, inner as readonly Token[]);
				break;
			case '&':
				throw new InvalidFieldError(
					field,
					`The template in ${field} asks for raw output of '${value}'`,
					`Write {{${value}}}: texts are plain, so nothing is escaped anyway.`,
				);
			default:
				throw new InvalidFieldError(
					field,
					`The template in ${field} uses {{${type}${value}}}, which is not supported`,
					'Use fields {{field}} and sections {{#field}}...{{/field}} or {{^field}}...{{/field}}.',
				);
		}
	}
}

function checkName(field: string, name: string): void {
	const attribute = name.startsWith(ATTRIBUTE_PREFIX) ? name.slice(ATTRIBUTE_PREFIX.length) : '';
	const isAttribute = attribute !== '' && attribute.length <= MAX_ATTRIBUTE_NAME_LENGTH;
	if (KNOWN.has(name) || isAttribute) return;
	const nearest = nearestField(name);
	throw new InvalidFieldError(
		field,
		`The template in ${field} has an unknown field '${name}'`,
		(nearest === null ? '' : `Did you mean {{${nearest}}}? `) + FIELDS_HINT,
	);
}

function nearestField(name: string): string | null {
	if (name === '' || name === '.') return null;
	const bare = name.toLowerCase();
	const byLastPart = TEMPLATE_FIELDS.find((known) => known.toLowerCase().endsWith(`.${bare}`));
	if (byLastPart !== undefined) return byLastPart;
	const [group = '', ...rest] = name.split('.');
	const groupIsNearAttributes = rest.length > 0 && nearestName(group, ['attributes']) !== null;
	if (groupIsNearAttributes) return `${ATTRIBUTE_PREFIX}${rest.join('.')}`;
	// A single word that is no field's last part is most likely an attribute's name.
	return nearestName(name, TEMPLATE_FIELDS) ?? (rest.length === 0 ? `${ATTRIBUTE_PREFIX}${name}` : null);
}
