import type { CustomerFields } from '../../../src/domain/customer';
import type { Firing } from '../../../src/domain/rules/firing';
import type { RuleFields } from '../../../src/domain/rules/rule';
import type { StatusReport } from '../../../src/domain/status';
import type { TaskFields } from '../../../src/domain/task';
import type { VehicleFields } from '../../../src/domain/vehicle';

/** 2026-03-01T08:00:00Z */
export const AT = 1_772_352_000_000;

export const customerFields = (changes: Partial<CustomerFields> = {}): CustomerFields => ({
	externalId: null,
	name: 'Nordlicht Logistik',
	email: 'office@nordlicht.example',
	phone: null,
	attributes: {},
	...changes,
});

export const vehicleFields = (changes: Partial<VehicleFields> = {}): VehicleFields => ({
	vin: null,
	plate: null,
	externalId: null,
	name: null,
	make: null,
	model: null,
	year: null,
	attributes: {},
	...changes,
});

export const taskFields = (changes: Partial<TaskFields> = {}): TaskFields => ({
	title: 'Change the tyres',
	description: null,
	vehicleId: null,
	customerId: null,
	dueAt: null,
	...changes,
});

export const ruleFields = (changes: Partial<RuleFields> = {}): RuleFields => ({
	name: 'Low fuel',
	severity: 'warning',
	enabled: true,
	scope: { vehicles: 'all' },
	pattern: { attribute: 'fuelLevel', operator: 'lt', value: 15 },
	fire: { on: 'edge', cooldownSeconds: 0 },
	actions: [{ type: 'storeLog', message: '{{vehicle.plate}}' }],
	...changes,
});

export const report = (vehicleId: number, changes: Partial<StatusReport> = {}): StatusReport => ({
	vehicleId,
	feed: 'telematics',
	messageId: `m-${vehicleId}`,
	reportedAt: AT,
	sequence: 0,
	receivedAt: AT + 5,
	position: { latitude: 54.32, longitude: 10.14 },
	attributes: { fuelLevel: 12.5, ignition: true, driver: "D'Arcy" },
	isLate: false,
	...changes,
});

export const firing = (
	changes: Partial<Firing> = {},
): Omit<Firing, 'id' | 'clearedAt' | 'acknowledgedAt'> => ({
	ruleId: 1,
	ruleVersion: 1,
	ruleName: 'Low fuel',
	severity: 'warning',
	vehicleId: 1,
	taskId: null,
	openedAt: AT,
	evidence: { fuelLevel: 12 },
	messageId: 'm-1',
	isShadow: false,
	...changes,
});
