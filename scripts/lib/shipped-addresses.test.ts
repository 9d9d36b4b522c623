import { addressesOf } from './shipped-addresses.mjs';

describe('addressesOf', () => {
	it('tells the upload form from the rule form', () => {
		expect(addressesOf('http://127.0.0.1:5678')).toEqual({
			form: 'http://127.0.0.1:5678/form/fleet-upload',
			ruleForm: 'http://127.0.0.1:5678/form/fleet-rules',
			imports: 'http://127.0.0.1:5678/webhook/fleet/imports',
			api: 'http://127.0.0.1:5678/webhook/fleet/upload',
		});
	});
});
