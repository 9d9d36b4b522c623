export const LOG_LEVELS = ['info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogEntry {
	readonly id: number;
	readonly at: number;
	readonly level: LogLevel;
	readonly message: string;
	readonly vehicleId: number | null;
	readonly firingId: number | null;
}

export type LogFields = Omit<LogEntry, 'id'>;
