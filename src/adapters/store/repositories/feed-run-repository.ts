import type { FeedRunRepository, ListedFeedRun, SavedFeedRun } from '../../../app/ports/store-operations';
import { jsonOf, jsonOrNull } from '../read-row';
import { InsertStatement } from '../rows';
import type { StoreContext } from '../store-context';

const SAVE = new InsertStatement(
	'feed_run',
	['process', 'feed', 'groupName', 'metrics', 'savedAt'],
	`ON CONFLICT (process, feed, "groupName") DO UPDATE
	SET earlier = feed_run.metrics, metrics = excluded.metrics, "savedAt" = excluded."savedAt"`,
);

export class StoredFeedRuns implements FeedRunRepository {
	constructor(private readonly context: StoreContext) {}

	async save(run: SavedFeedRun): Promise<void> {
		const { process, feed, group, savedAt } = run;
		await SAVE.run(this.context.query, [[process, feed, group, JSON.stringify(run), savedAt]]);
	}

	async remove({ process, feed, group }: Pick<SavedFeedRun, 'process' | 'feed' | 'group'>): Promise<void> {
		await this.context.query('DELETE FROM feed_run WHERE process = ? AND feed = ? AND "groupName" = ?', [
			process,
			feed,
			group,
		]);
	}

	async list(): Promise<ListedFeedRun[]> {
		const rows = await this.context.query('SELECT * FROM feed_run ORDER BY feed, "groupName", process');
		return rows.map((row) => {
			const run = jsonOf<SavedFeedRun>(row, 'metrics');
			const earlier = jsonOrNull<SavedFeedRun>(row, 'earlier');
			return { ...run, earlier: earlier?.startedAt === run.startedAt ? earlier : null };
		});
	}

	async removeBefore(at: number): Promise<number> {
		const rows = await this.context.query('DELETE FROM feed_run WHERE "savedAt" < ? RETURNING process', [at]);
		return rows.length;
	}
}
