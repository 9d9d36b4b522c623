import type { GeofenceRepository } from '../../../app/ports/store-records';
import type { Geofence, GeofenceFields } from '../../../domain/geofence';
import { geofenceEntity } from '../entities';
import { jsonOf, numberOf, textOf } from '../read-row';
import type { StoreContext } from '../store-context';
import { GEOFENCE_KEYS } from '../unique-keys';
import { EntityRepository } from './entity-repository';
import { bumpRulesRevision } from './rules-revision';

export class StoredGeofences
	extends EntityRepository<Geofence, GeofenceFields>
	implements GeofenceRepository
{
	constructor(context: StoreContext) {
		super(context, geofenceEntity, ['name', 'tags'], GEOFENCE_KEYS);
	}

	async names(): Promise<Pick<Geofence, 'id' | 'name' | 'tags'>[]> {
		const rows = await this.context.query('SELECT id, name, tags FROM geofence ORDER BY name');
		return rows.map((row) => ({
			id: numberOf(row, 'id'),
			name: textOf(row, 'name'),
			tags: jsonOf<string[]>(row, 'tags'),
		}));
	}

	override async create(fields: GeofenceFields, at: number): Promise<Geofence> {
		const created = await super.create(fields, at);
		await bumpRulesRevision(this.context.query, 'geofences');
		return created;
	}

	override async update(id: number, changes: Partial<GeofenceFields>, at: number): Promise<Geofence | null> {
		const updated = await super.update(id, changes, at);
		if (updated !== null) await bumpRulesRevision(this.context.query, 'geofences');
		return updated;
	}

	override async remove(id: number): Promise<boolean> {
		const removed = await super.remove(id);
		if (removed) await bumpRulesRevision(this.context.query, 'geofences');
		return removed;
	}
}
