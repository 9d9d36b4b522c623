import type { FeedRunRepository, SavedFeedRun } from '../../../app/ports/store-operations';
import { jsonOf, numberOf, textOf } from '../read-row';
import { InsertStatement, takeExcluded } from '../rows';
import type { StoreContext } from '../store-context';

const SAVE = new InsertStatement(
	'feed_run',
	['process', 'feed', 'groupName', 'metrics', 'savedAt'],
	`ON CONFLICT (process, feed, "groupName") DO UPDATE SET ${takeExcluded(['metrics', 'savedAt'])}`,
);

export class StoredFeedRuns implements FeedRunRepository {
	constructor(private readonly context: StoreContext) {}

	async save({ process, savedAt, ...metrics }: SavedFeedRun): Promise<void> {
		const { feed, group } = metrics;
		await SAVE.run(this.context.query, [[process, feed, group, JSON.stringify(metrics), savedAt]]);
	}

	async list(): Promise<SavedFeedRun[]> {
		const rows = await this.context.query('SELECT * FROM feed_run ORDER BY feed, "groupName", process');
		return rows.map((row) => ({
			...jsonOf<Omit<SavedFeedRun, 'process' | 'savedAt'>>(row, 'metrics'),
			process: textOf(row, 'process'),
			savedAt: numberOf(row, 'savedAt'),
		}));
	}

	async removeBefore(at: number): Promise<number> {
		const rows = await this.context.query('DELETE FROM feed_run WHERE "savedAt" < ? RETURNING process', [at]);
		return rows.length;
	}
}
