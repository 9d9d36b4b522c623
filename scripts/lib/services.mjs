import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canHaveJars } from './ensure-jars.mjs';
import { isOnPath } from './programs.mjs';

/** Debian keeps PostgreSQL's programs off the PATH, in one folder a version. */
function hasPostgres() {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian) : [];
	return isOnPath('initdb') || versions.some((version) => existsSync(join(debian, version, 'bin', 'initdb')));
}

const JAVA = 'openjdk-17-jre-headless maven';

const SERVICES = [
	{ name: 'Redis', debian: 'redis-server', isHere: () => isOnPath('redis-server') },
	{ name: 'PostgreSQL', debian: 'postgresql', isHere: hasPostgres },
	{ name: 'Kafka', debian: JAVA, isHere: () => canHaveJars('kafka') },
	{ name: 'S3Proxy', debian: JAVA, isHere: () => canHaveJars('s3proxy') },
	{ name: 'Mosquitto', debian: 'mosquitto', isHere: () => isOnPath('mosquitto') },
	{ name: 'Chromium', debian: 'chromium', isHere: () => isOnPath('chromium') || isOnPath('google-chrome') },
];

/** The services that tests need and this machine has not, each with the name of its Debian package. */
export function missingServices() {
	return SERVICES.filter(({ isHere }) => !isHere()).map(({ name, debian }) => ({ name, debian }));
}
