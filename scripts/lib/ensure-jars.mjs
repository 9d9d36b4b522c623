import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installFolder, installOnce } from './install-once.mjs';
import { isOnPath } from './programs.mjs';
import { mustRun } from './run.mjs';

/** Whether `host/<name>` can be run here: its jars have been fetched before, or Maven can fetch them. */
export function canHaveJars(name) {
	return isOnPath('java') && (existsSync(installFolder(name)) || isOnPath('mvn'));
}

/** Fetches what `host/<name>/pom.xml` names, once for this machine; returns the folder of its jars. */
export async function ensureJars(name, onProgress) {
	const fetch = async (folder) => {
		const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime'];
		await mustRun(
			`Maven could not fetch ${name}. Is a Maven repository reachable? Run the command again to retry`,
			'mvn',
			[...goal, `-DoutputDirectory=${join(folder, 'jars')}`],
			{ cwd: folder, timeoutMs: 600_000 },
		);
	};
	return join(await installOnce(name, fetch, onProgress), 'jars');
}
