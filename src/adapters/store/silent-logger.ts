import type { Logger } from 'typeorm';

/** TypeORM writes failures to the console; here they reach whoever called, and nobody twice. */
export const silentLogger: Logger = {
	log: () => {},
	logMigration: () => {},
	logQuery: () => {},
	logQueryError: () => {},
	logQuerySlow: () => {},
	logSchemaBuild: () => {},
};
