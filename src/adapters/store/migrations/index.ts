import { CreateRecords } from './1764000000000-create-records';
import { CreateStatuses } from './1764000000001-create-statuses';
import { CreateRules } from './1764000000002-create-rules';
import { CreateImports } from './1764000000003-create-imports';
import { CreateBus } from './1764000000004-create-bus';
import { ExtendRules } from './1764000000005-extend-rules';
import { CreateGeofences } from './1764000000006-create-geofences';
import { SpeedUpFeeds } from './1764000000007-speed-up-feeds';
import { CreateOperations } from './1764000000008-create-operations';
import { ExtendImports } from './1764000000009-extend-imports';

export const MIGRATIONS_TABLE = 'fleet_migration';

/** In order. A migration that was released is never changed: what comes later gets one of its own. */
export const MIGRATIONS = [
	CreateRecords,
	CreateStatuses,
	CreateRules,
	CreateImports,
	CreateBus,
	ExtendRules,
	CreateGeofences,
	SpeedUpFeeds,
	CreateOperations,
	ExtendImports,
];
