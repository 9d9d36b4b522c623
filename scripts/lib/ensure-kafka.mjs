import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installFolder, installOnce } from './install-once.mjs';
import { isOnPath } from './programs.mjs';
import { mustRun } from './run.mjs';

/** Whether a Kafka can be run here: its jars have been fetched before, or Maven can fetch them. */
export function canHaveKafka() {
	return isOnPath('java') && (existsSync(installFolder('kafka')) || isOnPath('mvn'));
}

/** Fetches Apache Kafka once for this machine; returns the folder of its jars. */
export async function ensureKafka(onProgress) {
	const fetch = async (folder) => {
		const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime'];
		await mustRun(
			'Maven could not fetch Apache Kafka. Is a Maven repository reachable? Run the command again to retry',
			'mvn',
			[...goal, `-DoutputDirectory=${join(folder, 'jars')}`],
			{ cwd: folder, timeoutMs: 600_000 },
		);
	};
	return join(await installOnce('kafka', fetch, onProgress), 'jars');
}
