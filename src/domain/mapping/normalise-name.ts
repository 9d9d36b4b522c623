/** A column's or list's name without case, accents, blanks and punctuation: what spellings are compared by. */
export function normaliseName(name: string): string {
	return name
		.normalize('NFKD')
		.replace(/ß/g, 'ss')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** `Tank size (l)`, `TANK_SIZE_L` and `tankSizeL` all give `tankSizeL`. */
export function camelCase(name: string): string {
	const words = name
		.normalize('NFC')
		.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '')
		.map((word) => word.toLowerCase());
	return words
		.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
		.join('');
}
