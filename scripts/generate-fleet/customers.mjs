const NAMES = [
	...['Alpenfracht', 'Becker Transporte', 'Blitzkurier', 'Brunner & Söhne', 'Cargo Lyonnais', 'City Courier'],
	...['Deichmann Logistik', 'Express du Rhône', 'Fischer Kühltransporte', 'Frontier Hauling', 'Garonne Fret'],
	...[
		'Hansa Spedition',
		'Isar Bau',
		'Jansen Umzüge',
		'Kessler Baustoffe',
		'Lakeshore Delivery',
		'Lindner Pflege',
	],
	...['Maison Dubois', 'Metro Plumbing', 'Nordlicht Catering', 'Oberland Getränke', 'Prairie Freight'],
	...['Quartier Vert', 'Rocky Mountain Parcel', 'Schulte Elektro'],
];
const FORMS = [
	{ suffix: 'GmbH', domain: 'de', phone: '+49 89' },
	{ suffix: 'SARL', domain: 'fr', phone: '+33 4' },
	{ suffix: 'LLC', domain: 'com', phone: '+1 312' },
];

/** Customers with external ids from `C-0001` on; addresses end in `.example`, so that no mail can reach anyone. */
export function generateCustomers(random, count) {
	return Array.from({ length: count }, (_, index) => {
		const base = NAMES[index % NAMES.length];
		const form = random.pick(FORMS);
		const branch = index < NAMES.length ? '' : ` ${Math.floor(index / NAMES.length) + 1}`;
		const host = (base + branch)
			.normalize('NFKD')
			.replace(/\p{M}/gu, '')
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/-+$/, '');
		return {
			externalId: `C-${String(index + 1).padStart(4, '0')}`,
			name: `${base}${branch} ${form.suffix}`,
			email: `fleet@${host}.${form.domain}.example`,
			phone: `${form.phone} 555${String(random.integer(0, 9999)).padStart(4, '0')}`,
		};
	});
}
