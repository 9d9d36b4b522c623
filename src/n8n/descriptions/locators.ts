import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

interface LocatorTexts {
	/** Parameter name, in camel case; the display name is it capitalised. */
	readonly name: string;
	/** Method of `listSearch` that fills "From List". */
	readonly search: string;
	/** The mode besides list and id; null where records have no key of their own. */
	readonly key: { readonly displayName: string; readonly placeholder: string } | null;
}

/** Without n8n's check of what is entered: it fails a whole execution where the machine is busy for 250 ms. */
const idMode = (record: string): INodePropertyMode => ({
	displayName: 'By ID',
	name: 'id',
	type: 'string',
	placeholder: 'e.g. 42',
	hint: `The number that the fleet gave the ${record}`,
});

/** Without a credential the embedded store answers, so the list must not wait for one to be chosen. */
export const listMode = (searchListMethod: string, placeholder: string): INodePropertyMode => ({
	displayName: 'From List',
	name: 'list',
	type: 'list',
	placeholder,
	typeOptions: {
		searchListMethod,
		searchable: true,
		searchFilterRequired: false,
		skipCredentialsCheckInRLC: true,
	},
});

function locator(texts: LocatorTexts, overrides: Partial<INodeProperties>): INodeProperties {
	const { name, search, key } = texts;
	const article = /^[aeiou]/.test(name) ? 'an' : 'a';
	const modes = [listMode(search, `Select ${article} ${name}...`), idMode(name)];
	if (key) modes.push({ name: 'key', type: 'string', ...key });
	return {
		displayName: name.charAt(0).toUpperCase() + name.slice(1),
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes,
		...overrides,
	};
}

/** Overrides: at least `displayOptions`; `name`, `displayName`, and `required` where a node has two of one kind. */
export const vehicleLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator(
		{
			name: 'vehicle',
			search: 'searchVehicles',
			key: { displayName: 'By VIN, Plate or External ID', placeholder: 'e.g. 1M8GDM9AXKP042788' },
		},
		overrides,
	);

export const customerLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator(
		{
			name: 'customer',
			search: 'searchCustomers',
			key: { displayName: 'By External ID', placeholder: 'e.g. C-1024' },
		},
		overrides,
	);

export const taskLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator({ name: 'task', search: 'searchTasks', key: null }, overrides);

export const ruleLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator(
		{ name: 'rule', search: 'searchRules', key: { displayName: 'By Name', placeholder: 'e.g. Low fuel' } },
		overrides,
	);

export const geofenceLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator(
		{
			name: 'geofence',
			search: 'searchGeofenceRecords',
			key: { displayName: 'By Name', placeholder: 'e.g. Depot' },
		},
		overrides,
	);

export const firingLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator({ name: 'firing', search: 'searchFirings', key: null }, overrides);

export const importLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator({ name: 'import', search: 'searchImports', key: null }, overrides);

export const logLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator({ name: 'log', search: 'searchLogs', key: null }, { displayName: 'Log Entry', ...overrides });

export const rejectedMessageLocator = (overrides: Partial<INodeProperties> = {}): INodeProperties =>
	locator(
		{ name: 'message', search: 'searchRejectedMessages', key: null },
		{ displayName: 'Rejected Message', ...overrides },
	);
