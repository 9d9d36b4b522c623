import { RecordNotFoundError } from '../../../app/errors';
import type { VehicleRepository } from '../../../app/ports/store';
import type { Vehicle, VehicleAttachment, VehicleFields } from '../../../domain/vehicle';
import { vehicleEntity } from '../entities';
import { attributesOf, numberOf, numberOrNull, textOrNull } from '../read-row';
import { queryLists } from '../rows';
import type { Row } from '../session';
import type { StoreContext } from '../store-context';
import { VEHICLE_KEYS } from '../unique-keys';
import { removeHistory } from './chunked-history';
import { EntityRepository } from './entity-repository';

export class StoredVehicles extends EntityRepository<Vehicle, VehicleFields> implements VehicleRepository {
	constructor(context: StoreContext) {
		const searched = ['vin', 'plate', 'externalId', 'name', 'make', 'model'] as const;
		super(context, vehicleEntity, searched, VEHICLE_KEYS, { customerId: null });
	}

	async findByKeys(keys: readonly string[]): Promise<Map<string, Vehicle>> {
		const rows = await queryLists(
			this.context.query,
			keys,
			(list) =>
				`SELECT * FROM vehicle WHERE vin IN (${list}) OR plate IN (${list}) OR "externalId" IN (${list})`,
			3,
		);
		const byColumn = VEHICLE_KEYS.columns.map(
			(column) => new Map(rows.map((row) => [textOrNull(row, column), row])),
		);
		const found = new Map<string, Vehicle>();
		for (const key of keys) {
			const row = byColumn.map((rowByValue) => rowByValue.get(key)).find((hit) => hit !== undefined);
			if (row) found.set(key, vehicleFrom(row));
		}
		return found;
	}

	override async remove(id: number): Promise<boolean> {
		if (this.context.kind === 'sqlite') await removeHistory(this.context.query, id);
		return await super.remove(id);
	}

	async attach(vehicleId: number, customerId: number | null, at: number): Promise<void> {
		const { query } = this.context;
		const [vehicle] = await query('SELECT "customerId" FROM vehicle WHERE id = ?', [vehicleId]);
		if (!vehicle) throw new RecordNotFoundError('vehicle', vehicleId);
		if (numberOrNull(vehicle, 'customerId') === customerId) return;
		if (customerId !== null) {
			const [customer] = await query('SELECT id FROM customer WHERE id = ?', [customerId]);
			if (!customer) throw new RecordNotFoundError('customer', customerId);
		}
		await query('UPDATE vehicle SET "customerId" = ?, "updatedAt" = ? WHERE id = ?', [
			customerId,
			at,
			vehicleId,
		]);
		await query(
			'UPDATE vehicle_attachment SET "detachedAt" = ? WHERE "vehicleId" = ? AND "detachedAt" IS NULL',
			[at, vehicleId],
		);
		if (customerId === null) return;
		await query(
			'INSERT INTO vehicle_attachment ("vehicleId", "customerId", "attachedAt", "detachedAt") VALUES (?, ?, ?, NULL)',
			[vehicleId, customerId, at],
		);
	}

	async attachments(vehicleId: number): Promise<VehicleAttachment[]> {
		const rows = await this.context.query(
			'SELECT * FROM vehicle_attachment WHERE "vehicleId" = ? ORDER BY "attachedAt", id',
			[vehicleId],
		);
		return rows.map((row) => ({
			vehicleId: numberOf(row, 'vehicleId'),
			customerId: numberOf(row, 'customerId'),
			attachedAt: numberOf(row, 'attachedAt'),
			detachedAt: numberOrNull(row, 'detachedAt'),
		}));
	}
}

export function vehicleFrom(row: Row): Vehicle {
	return {
		id: numberOf(row, 'id'),
		vin: textOrNull(row, 'vin'),
		plate: textOrNull(row, 'plate'),
		externalId: textOrNull(row, 'externalId'),
		name: textOrNull(row, 'name'),
		make: textOrNull(row, 'make'),
		model: textOrNull(row, 'model'),
		year: numberOrNull(row, 'year'),
		customerId: numberOrNull(row, 'customerId'),
		attributes: attributesOf(row),
		createdAt: numberOf(row, 'createdAt'),
		updatedAt: numberOf(row, 'updatedAt'),
	};
}
