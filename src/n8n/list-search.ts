import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Customer } from '../domain/customer';
import type { Geofence } from '../domain/geofence';
import type { Import } from '../domain/import';
import type { LogEntry } from '../domain/log';
import type { Firing } from '../domain/rules/firing';
import type { Rule } from '../domain/rules/rule';
import type { Task } from '../domain/task';
import type { Vehicle } from '../domain/vehicle';
import type { StoreSession } from '../app/ports/store';
import type { RecordReader } from '../app/ports/store-records';
import type { RejectedMessage } from '../app/ports/store-statuses';
import { attributeOptions } from './attribute-options';
import { searchGeofences, searchGeofenceTags } from './geofence-search';
import { loadRuntime } from './load-runtime';
import { toNodeError } from './node-error';

const PAGE_SIZE = 50;

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Fills a locator's list page by page: newest first where records have no name to be known by. */
function searchOf<R extends { readonly id: number }>(
	reader: (session: StoreSession) => RecordReader<R>,
	nameOf: (record: R) => string,
	order: { orderBy?: keyof R & string; descending?: boolean },
): Search {
	return async function (filter, paginationToken) {
		const offset = Number(paginationToken ?? 0);
		const search = filter?.trim() ? { search: filter.trim() } : {};
		try {
			const { store } = await (await loadRuntime()).openFleet(this);
			const page = { ...search, ...order, limit: PAGE_SIZE + 1, offset };
			const found = await store.read(async (session) => await reader(session).find(page));
			const results = found.slice(0, PAGE_SIZE).map((record) => ({ name: nameOf(record), value: record.id }));
			const more = found.length > PAGE_SIZE;
			return { results, ...(more ? { paginationToken: String(offset + PAGE_SIZE) } : {}) };
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

/** Attributes that vehicles have reported, each with its last value, and a position's parts. */
const searchAttributes: Search = async function (filter = '') {
	try {
		const { openFleet, records } = await loadRuntime();
		const offered = attributeOptions(await records.knownAttributes(await openFleet(this)));
		const wanted = filter.trim().toLowerCase();
		return { results: offered.filter(({ value }) => value.toLowerCase().includes(wanted)) };
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
};

const dated = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** For `methods.listSearch` of every node with one of the locators. */
export const listSearch = {
	searchAttributes,
	searchVehicles: searchOf<Vehicle>(
		(session) => session.vehicles,
		(vehicle) =>
			[vehicle.plate, vehicle.name, vehicle.vin ?? vehicle.externalId].filter(Boolean).join(' · ') ||
			`Vehicle ${vehicle.id}`,
		{},
	),
	searchCustomers: searchOf<Customer>(
		(session) => session.customers,
		({ name, externalId }) => (externalId ? `${name} (${externalId})` : name),
		{ orderBy: 'name' },
	),
	searchTasks: searchOf<Task>(
		(session) => session.tasks,
		(task) => `${task.title} (#${task.id}, ${task.state})`,
		{ descending: true },
	),
	searchRules: searchOf<Rule>(
		(session) => session.rules,
		(rule) => (rule.enabled ? rule.name : `${rule.name} (disabled)`),
		{ orderBy: 'name' },
	),
	searchGeofences,
	searchGeofenceTags,
	searchGeofenceRecords: searchOf<Geofence>(
		(session) => session.geofences,
		({ name, tags }) => (tags.length > 0 ? `${name} (${tags.join(', ')})` : name),
		{ orderBy: 'name' },
	),
	searchFirings: searchOf<Firing>(
		(session) => session.firings,
		(firing) => `${firing.ruleName}, vehicle ${firing.vehicleId}, ${dated(firing.openedAt)} (#${firing.id})`,
		{ descending: true },
	),
	searchImports: searchOf<Import>(
		(session) => session.imports,
		(entry) => `${entry.fileName}, ${dated(entry.createdAt)} (#${entry.id}, ${entry.state})`,
		{ descending: true },
	),
	searchLogs: searchOf<LogEntry>(
		(session) => session.logs,
		(entry) => `${dated(entry.at)} ${entry.message.slice(0, 60)} (#${entry.id})`,
		{ descending: true },
	),
	searchRejectedMessages: searchOf<RejectedMessage>(
		(session) => session.quarantine,
		({ id, feed, receivedAt, reason }) => `${dated(receivedAt)} ${feed}: ${reason.slice(0, 60)} (#${id})`,
		{ descending: true },
	),
};
