import { parseCustomerFields } from './customer';
import { InvalidFieldError } from './errors';

describe('parseCustomerFields', () => {
	it('takes the fields and keeps the rest as attributes', () => {
		expect(
			parseCustomerFields({
				externalId: 17,
				name: ' Ada Ltd ',
				'E-Mail': 'ada@example.com',
				phone: '+49 30 1',
				vatId: 'DE1',
			}),
		).toEqual({
			externalId: '17',
			name: 'Ada Ltd',
			email: 'ada@example.com',
			phone: '+49 30 1',
			attributes: { vatId: 'DE1' },
		});
	});

	it.each(['a@b', 'a.b+c@mail.example.com', 'ünal@bücher.example'])('takes the address %s', (email) => {
		expect(parseCustomerFields({ email })).toEqual({ email });
	});

	it.each([
		'ada',
		'ada@',
		'@example.com',
		'a@b, evil@example.com',
		'a@b;c@d',
		'Ada <a@b>',
		'a@b..c',
		'a@b\r\nBcc: x@y',
		`${'a'.repeat(251)}@b.c`,
	])('refuses the address %j', (email) => {
		expect(() => parseCustomerFields({ email })).toThrow(InvalidFieldError);
	});

	it('refuses a name that is empty, but not one that is left out', () => {
		expect(() => parseCustomerFields({ name: ' ' })).toThrow('name is empty');
		expect(parseCustomerFields({ phone: '' })).toEqual({ phone: null });
	});
});
