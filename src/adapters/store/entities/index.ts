import { EntitySchema } from 'typeorm';

import type { RejectedMessage } from '../../../app/ports/store-statuses';
import type { Action } from '../../../domain/action';
import type { Customer } from '../../../domain/customer';
import type { Geofence } from '../../../domain/geofence';
import type { Import } from '../../../domain/import';
import type { LogEntry } from '../../../domain/log';
import type { Firing } from '../../../domain/rules/firing';
import type { Rule } from '../../../domain/rules/rule';
import type { Task } from '../../../domain/task';
import type { Vehicle } from '../../../domain/vehicle';
import {
	flag,
	id,
	json,
	type Lease,
	leaseColumns,
	optionalJson,
	optionalReal,
	optionalText,
	optionalWhole,
	text,
	whole,
} from './columns';

const times = { createdAt: whole, updatedAt: whole };

export const customerEntity = new EntitySchema<Customer>({
	name: 'customer',
	columns: {
		id,
		externalId: optionalText,
		name: text,
		email: optionalText,
		phone: optionalText,
		attributes: json,
		...times,
	},
});

export const vehicleEntity = new EntitySchema<Vehicle>({
	name: 'vehicle',
	columns: {
		id,
		vin: optionalText,
		plate: optionalText,
		externalId: optionalText,
		name: optionalText,
		make: optionalText,
		model: optionalText,
		year: optionalWhole,
		customerId: optionalWhole,
		attributes: json,
		...times,
	},
});

/** Its `ruleIds` stand in the table `task_rule`. */
export type TaskRow = Omit<Task, 'ruleIds'>;

export const taskEntity = new EntitySchema<TaskRow>({
	name: 'task',
	columns: {
		id,
		title: text,
		description: optionalText,
		state: text,
		vehicleId: optionalWhole,
		customerId: optionalWhole,
		dueAt: optionalWhole,
		firingId: optionalWhole,
		...times,
		closedAt: optionalWhole,
	},
});

export const ruleEntity = new EntitySchema<Rule>({
	name: 'rule',
	columns: {
		id,
		name: text,
		version: whole,
		severity: text,
		enabled: flag,
		scope: json,
		pattern: json,
		maxGapSeconds: optionalReal,
		clear: optionalJson,
		escalations: optionalJson,
		fire: json,
		actions: json,
		shadowOf: optionalWhole,
		...times,
	},
});

export const geofenceEntity = new EntitySchema<Geofence>({
	name: 'geofence',
	columns: {
		id,
		name: text,
		tags: json,
		shape: json,
		hysteresisMeters: { type: 'double precision' },
		...times,
	},
});

export const firingEntity = new EntitySchema<Firing>({
	name: 'firing',
	columns: {
		id,
		ruleId: whole,
		ruleVersion: whole,
		ruleName: text,
		severity: text,
		vehicleId: whole,
		taskId: optionalWhole,
		openedAt: whole,
		clearedAt: optionalWhole,
		acknowledgedAt: optionalWhole,
		evidence: json,
		messageId: text,
		isShadow: flag,
	},
});

export const actionEntity = new EntitySchema<Action & Lease>({
	name: 'action',
	columns: {
		id,
		firingId: whole,
		position: whole,
		occurredAt: whole,
		content: json,
		state: text,
		attempts: whole,
		dueAt: whole,
		lastError: optionalText,
		createdAt: whole,
		doneAt: optionalWhole,
		result: optionalText,
		...leaseColumns,
	},
});

export const logEntity = new EntitySchema<LogEntry>({
	name: 'log',
	columns: { id, at: whole, level: text, message: text, vehicleId: optionalWhole, firingId: optionalWhole },
});

export const importEntity = new EntitySchema<Import & Lease>({
	name: 'import',
	columns: {
		id,
		fileName: text,
		blobKey: text,
		sha256: text,
		sizeBytes: whole,
		recordType: text,
		uploadedBy: optionalText,
		origin: optionalText,
		etag: optionalText,
		idempotencyKey: optionalText,
		options: json,
		plan: { ...json, nullable: true },
		state: text,
		rowsDone: whole,
		rowsTotal: optionalWhole,
		rowsTotalIsExact: flag,
		rowsCreated: whole,
		rowsUpdated: whole,
		rowsUnchanged: whole,
		rowsFailed: whole,
		rowsPerSecond: { type: 'double precision', nullable: true },
		cancelRequested: flag,
		undoLeft: whole,
		error: optionalText,
		createdAt: whole,
		startedAt: optionalWhole,
		endedAt: optionalWhole,
		...leaseColumns,
	},
});

export const rejectedMessageEntity = new EntitySchema<RejectedMessage>({
	name: 'quarantine',
	columns: {
		id,
		feed: text,
		messageId: text,
		payload: text,
		reason: text,
		field: optionalText,
		receivedAt: whole,
		format: { ...json, nullable: true },
		transportId: optionalText,
		topic: optionalText,
		tries: whole,
		lastTriedAt: optionalWhole,
	},
});

/** Records. The tables of the hot paths (statuses, inbox, bus...) are worked on with fixed statements. */
export const ENTITIES = [
	customerEntity,
	vehicleEntity,
	taskEntity,
	ruleEntity,
	firingEntity,
	geofenceEntity,
	actionEntity,
	logEntity,
	importEntity,
	rejectedMessageEntity,
];
