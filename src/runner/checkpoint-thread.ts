/** What the thread beside a writing one runs: SQLite's journal is carried over here, so that no batch waits for it. */
import { workerData } from 'node:worker_threads';
import { sqliteCheckpoints } from '../adapters/store/sqlite-checkpoints';
import type { CheckpointWork } from './thread-work';

const EVERY_MS = 500;

const checkpoints = sqliteCheckpoints((workerData as CheckpointWork).path);

setInterval(() => {
	try {
		checkpoints.carryOver();
	} catch {
		// Somebody else does it, or the disk is full: then the writer's commits fail, and tell.
	}
}, EVERY_MS);
