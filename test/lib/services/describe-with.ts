import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { canHaveJars, ensureJars } from '../../../scripts/lib/ensure-jars.mjs';

export type Service = 'postgres' | 'redis' | 'kafka' | 's3' | 'mosquitto' | 'chromium' | 'n8n';

interface ServiceNeeds {
	/** Where it is on this machine, or null. */
	find(): string | null;
	readonly hint: string;
	/** Gets what it needs, once for this machine: the first time takes minutes. */
	fetch?(): Promise<unknown>;
}

const FETCH_WITHIN_MS = 600_000;

const MAVEN_HINT =
	'install Java 17 and Maven, which fetches it (Debian: apt-get install openjdk-17-jre-headless maven)';

const NEEDS: Readonly<Record<Service, ServiceNeeds>> = {
	postgres: {
		find: () => findPostgresBin(),
		hint: 'install PostgreSQL (Debian: apt-get install postgresql)',
	},
	redis: {
		find: () => findProgram('redis-server'),
		hint: 'install Redis (Debian: apt-get install redis-server)',
	},
	kafka: {
		find: () => (canHaveJars('kafka') ? findProgram('java') : null),
		fetch: async () => await ensureJars('kafka'),
		hint: MAVEN_HINT,
	},
	s3: {
		find: () => (canHaveJars('s3proxy') ? findProgram('java') : null),
		fetch: async () => await ensureJars('s3proxy'),
		hint: MAVEN_HINT,
	},
	mosquitto: {
		find: () => findProgram('mosquitto'),
		hint: 'install Mosquitto (Debian: apt-get install mosquitto)',
	},
	chromium: {
		find: () => findProgram('chromium') ?? findProgram('google-chrome'),
		hint: 'install Chromium (Debian: apt-get install chromium)',
	},
	n8n: {
		find: () => folderWith(process.env.FLEET_N8N_DIR, 'node_modules/n8n/package.json'),
		hint: 'set FLEET_N8N_DIR to a folder in which n8n is installed (npm start makes one)',
	},
};

/**
 * A `describe` that needs a service on this machine. Without it the suite is skipped, with one line on stderr that
 * says how to get it; with `CI=true` it fails instead.
 */
export function describeWith(service: Service, title: string, fn: () => void): void {
	const { fetch } = NEEDS[service];
	if (NEEDS[service].find() !== null) {
		describe(title, () => {
			if (fetch) beforeAll(fetch, FETCH_WITHIN_MS);
			fn();
		});
		return;
	}
	const problem = `${service} is not on this machine: ${NEEDS[service].hint}`;
	if (process.env.CI === 'true') {
		describe(title, () => {
			it(`needs ${service}`, () => expect(problem).toBeNull());
		});
		return;
	}
	process.stderr.write(`\n!!! SKIPPED "${title}": ${problem}\n`);
	describe.skip(title, fn);
}

/** Path of the service's program (for PostgreSQL: of the folder of its programs). Throws when it is not there. */
export function locateService(service: Service): string {
	const found = NEEDS[service].find();
	if (found === null) throw new Error(`${service} is not on this machine: ${NEEDS[service].hint}`);
	return found;
}

function findProgram(name: string): string | null {
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/usr/sbin'];
	const folder = folders.find((candidate) => existsSync(join(candidate, name)));
	return folder === undefined ? null : join(folder, name);
}

/** Debian keeps `initdb` and `postgres` off the PATH, in one folder a version. */
function findPostgresBin(): string | null {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = [...versions.map((version) => join(debian, version, 'bin')), '/usr/local/bin', '/usr/bin'];
	return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

function folderWith(folder: string | undefined, file: string): string | null {
	return folder !== undefined && existsSync(join(folder, file)) ? folder : null;
}
